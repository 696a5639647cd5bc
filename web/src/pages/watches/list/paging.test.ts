import { describe, expect, test } from "vitest";
import { rangeWords, rowsBefore } from "./paging.ts";

const middle = { rows: 50, hasPrevious: true, hasNext: true };
const last = { rows: 47, hasPrevious: true, hasNext: false };

describe("where a page is", () => {
  test("is the start where nothing precedes it", () => {
    expect(rowsBefore(["", "c1"], { ...middle, hasPrevious: false }, 1297)).toBe(0);
  });

  test("is known from the pages that one came through", () => {
    expect(rowsBefore(["", "c1"], middle, undefined)).toBe(100);
  });

  test("is known of the last page from the number of all", () => {
    expect(rowsBefore(undefined, last, 1297)).toBe(1250);
    expect(rowsBefore(undefined, last, undefined)).toBeUndefined();
  });

  test("is not known of a page whose address was opened", () => {
    expect(rowsBefore(undefined, middle, 1297)).toBeUndefined();
  });
});

test("a page says which watches it shows", () => {
  expect(rangeWords(0, middle, 1297)).toBe("1 to 50 of 1,297");
  expect(rangeWords(1250, last, 1297)).toBe("1,251 to 1,297 of 1,297");
  expect(rangeWords(0, middle, undefined)).toBe("1 to 50");
  expect(rangeWords(undefined, middle, 1297)).toBe("50 of 1,297");
});
