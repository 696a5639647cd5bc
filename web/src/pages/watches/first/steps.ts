/** A step is done, the one to do now, or comes later. */
export type StepState = "done" | "now" | "later";

/** The steps from a new firm to watches that are kept current. */
export interface FirstSteps {
  firm: StepState;
  connect: StepState;
  matters: StepState;
  daily: StepState;
}

/** What is true of the firm. */
export interface Facts {
  clioState: string | undefined;
  hasWatches: boolean;
  isDaily: boolean;
}

const connected = ["CONNECTED", "UNREACHABLE"];

/** Ticks the steps by what is true. The first that is not done is the one to do now. */
export function firstSteps({ clioState, hasWatches, isDaily }: Facts): FirstSteps {
  let isNext = true;
  const state = (isDone: boolean): StepState => {
    if (isDone) return "done";
    const found = isNext ? "now" : "later";
    isNext = false;
    return found;
  };
  return {
    firm: "done",
    connect: state(connected.includes(clioState ?? "")),
    matters: state(hasWatches),
    daily: state(isDaily),
  };
}

const numbers = ["No", "One", "Two", "Three", "Four"];

/** How many steps are left, and how long they take: "Three steps left, about two minutes." */
export function stepsLeft(steps: FirstSteps): string {
  const left = Object.values(steps).filter((each) => each !== "done").length;
  const minutes = left > 1 ? "about two minutes" : "about a minute";
  return `${numbers[left]} ${left === 1 ? "step" : "steps"} left, ${minutes}.`;
}
