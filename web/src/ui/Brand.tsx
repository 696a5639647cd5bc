/** The product's sign. */
export function Brand() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" strokeLinecap="round">
      <path d="M19.6 8.1a8.75 8.75 0 1 1-3.7-3.7" stroke="var(--accent)" strokeWidth="2.6" />
      <circle cx="18.6" cy="5.4" r="2.3" fill="var(--attn-mark)" />
      <circle cx="12" cy="12" r="3" fill="var(--accent)" />
    </svg>
  );
}
