import { wordsFor } from "@/format/words/lookup.ts";

const integrationStates: Record<string, string> = {
  NOT_CONFIGURED: "Not set up",
  NOT_CONNECTED: "Not connected",
  CONNECTED: "Connected",
  UNREACHABLE: "Not answering",
  NEEDS_RECONNECT: "Connect again",
};

const linkStates: Record<string, string> = {
  LINKED: "Linked to Clio",
  MISSING: "Not found in Clio",
  CLIENT_CHANGED: "Client changed",
};

const matterStatusNames: Record<string, string> = { OPEN: "Open", PENDING: "Pending", CLOSED: "Closed" };

const importOutcomes: Record<string, string> = {
  IMPORTED: "Imported",
  ALREADY_LINKED: "Already a watch",
  NOT_FOUND: "No longer in Clio",
  NO_PERSON: "No person with first and last name",
  FAILED: "Failed",
};

const obstacles: Record<string, string> = {
  NO_CLIENT: "No client, or hidden in Clio",
  COMPANY: "A company, not a person",
  NAME_MISSING: "First or last name is missing in Clio",
  NAME_UNUSABLE: "First or last name in Clio cannot be used",
};

/** The statuses of matters that can be chosen in a filter. */
export const matterStatuses: readonly string[] = Object.keys(matterStatusNames);

/** The state of the connection to Clio (ClioIntegrationState): "Not answering". */
export function integrationStateWords(state: string): string {
  return wordsFor(integrationStates, state);
}

/** The state of a watch's link (ClioLinkState): "Linked to Clio". */
export function linkStateWords(state: string): string {
  return wordsFor(linkStates, state);
}

/** A matter's status in Clio: "Open". */
export function matterStatusWords(status: string): string {
  return wordsFor(matterStatusNames, status);
}

/** How the import of a matter ended (ImportOutcome): "Already a watch". */
export function importOutcomeWords(outcome: string, message?: string | null): string {
  return wordsFor(importOutcomes, outcome, message);
}

/** Why a matter can't be chosen (ImportObstacle): "A company, not a person". */
export function obstacleWords(obstacle: string): string {
  return wordsFor(obstacles, obstacle);
}
