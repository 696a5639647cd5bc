import { useRef, useState } from "react";

/** A press that the server has to answer: whether it is waited for, and why it was not done. */
export interface Action<Arguments extends unknown[]> {
  isBusy: boolean;
  problem: string | undefined;
  /** Does it, unless it is under way already. Resolves to whether it was done. */
  run: (...args: Arguments) => Promise<boolean>;
}

/** Makes an action of a function that resolves to why it was not done. */
export function useAction<Arguments extends unknown[]>(
  act: (...args: Arguments) => Promise<string | undefined>,
): Action<Arguments> {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const busy = useRef(false);
  const run = async (...args: Arguments) => {
    if (busy.current) return false;
    busy.current = true;
    setIsBusy(true);
    setProblem(undefined);
    const found = await act(...args);
    busy.current = false;
    setIsBusy(false);
    setProblem(found);
    return found === undefined;
  };
  return { isBusy, problem, run };
}
