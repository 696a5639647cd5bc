import { expect, test } from "vitest";
import { firstLast, initials, lastFirst, listName } from "@/format/names.ts";

const robert = { firstName: "Robert", middleName: "James", lastName: "Whitfield" };

test("lists begin with the last name and have the middle name", () => {
  expect(listName(robert)).toEqual({ last: "Whitfield", rest: "Robert James" });
  expect(lastFirst(robert)).toBe("Whitfield, Robert James");
  expect(lastFirst({ ...robert, middleName: null })).toBe("Whitfield, Robert");
  expect(lastFirst({ ...robert, middleName: " " })).toBe("Whitfield, Robert");
});

test("headings have first and last name", () => {
  expect(firstLast(robert)).toBe("Robert Whitfield");
});

test("initials are of the first and the last word", () => {
  expect(initials("Dana Whitlock")).toBe("DW");
  expect(initials("María del Carmen Núñez")).toBe("MN");
  expect(initials("łukasz wójcik")).toBe("ŁW");
  expect(initials("Cher")).toBe("C");
  expect(initials("Margaret “Peggy” (Thistlewood)")).toBe("MT");
  expect(initials("A\u0301ngel Villasen\u0303or")).toBe("ÁV");
  expect(initials("Dana Whitlock —")).toBe("DW");
  expect(initials("  ")).toBe("");
  expect(initials("— !")).toBe("");
});
