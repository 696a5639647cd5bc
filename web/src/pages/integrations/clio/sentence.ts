/** The state of the connection to Clio, as a heading. */
export function stateSentence(clio: { state: string }): string {
  switch (clio.state) {
    case "CONNECTED":
      return "Clio is connected";
    case "UNREACHABLE":
      return "Clio is connected, and not answering";
    case "NEEDS_RECONNECT":
      return "Clio needs you to connect again";
    case "NOT_CONFIGURED":
      return "Clio is not set up on this server";
    default:
      return "Clio is not connected";
  }
}
