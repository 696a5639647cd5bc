import { describe, expect, test } from "vitest";
import { firstSteps, stepsLeft } from "./steps.ts";

const fresh = { clioState: "NOT_CONNECTED", hasWatches: false, isDaily: false };

describe("the first steps", () => {
  test("begin with Clio", () => {
    const steps = firstSteps(fresh);
    expect(steps).toEqual({ firm: "done", connect: "now", matters: "later", daily: "later" });
    expect(stepsLeft(steps)).toBe("Three steps left, about two minutes.");
  });

  test.each(["CONNECTED", "UNREACHABLE"])("go on with matters when Clio is %s", (clioState) => {
    const steps = firstSteps({ ...fresh, clioState });
    expect(steps).toMatchObject({ connect: "done", matters: "now", daily: "later" });
    expect(stepsLeft(steps)).toBe("Two steps left, about two minutes.");
  });

  test("go back to Clio when it has to be connected again", () => {
    expect(firstSteps({ ...fresh, clioState: "NEEDS_RECONNECT" }).connect).toBe("now");
  });

  test("tick what is done out of turn", () => {
    expect(firstSteps({ ...fresh, isDaily: true })).toMatchObject({ connect: "now", matters: "later", daily: "done" });
  });

  test("have one to do at a time", () => {
    const steps = Object.values(firstSteps({ clioState: undefined, hasWatches: false, isDaily: false }));
    expect(steps.filter((each) => each === "now")).toHaveLength(1);
  });
});
