/** The list of watches. */
export function WatchesPage() {
  return <h1>Watches</h1>;
}
