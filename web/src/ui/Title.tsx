/** Sets the title of the window: "Katherine Illingworth-Shaw – Watchkeeper". */
export function Title({ children }: { children: string }) {
  return <title>{`${children} – Watchkeeper`}</title>;
}
