import { wordsFor } from "@/format/words/lookup.ts";

const frequencyNames: Record<string, string> = { DAILY: "Daily", WEEKLY: "Weekly", MANUAL: "Manual only" };

const dayNames: Record<string, string> = {
  MONDAY: "Monday",
  TUESDAY: "Tuesday",
  WEDNESDAY: "Wednesday",
  THURSDAY: "Thursday",
  FRIDAY: "Friday",
  SATURDAY: "Saturday",
  SUNDAY: "Sunday",
};

const resolutionNames: Record<string, string> = { KEEP_LOCAL: "Keep local", USE_CLIO: "Use Clio", ASK: "Ask" };

const resolutionEffects: Record<string, string> = {
  KEEP_LOCAL: "The edit stays. The result says so.",
  USE_CLIO: "Clio’s value replaces it. The result says so.",
  ASK: "The edit stays until someone decides.",
};

const roleNames: Record<string, string> = { ADMIN: "Administrator", MEMBER: "Member" };

const accessNames: Record<string, string> = { READ: "Read", SYNC: "Read and sync", FULL: "Full" };

const accessEffects: Record<string, string> = {
  READ: "Reads everything, changes nothing.",
  SYNC: "Reads everything, starts and stops syncs.",
  FULL: "Everything you may do, except passwords, roles, invitations and new tokens.",
};

/** The frequencies of scheduled syncs that can be chosen. */
export const frequencies: readonly string[] = Object.keys(frequencyNames);

/** The days of the week, Monday first. */
export const daysOfWeek: readonly string[] = Object.keys(dayNames);

/** The conflict resolutions that can be chosen. */
export const resolutions: readonly string[] = Object.keys(resolutionNames);

/** The roles that can be chosen. */
export const roles: readonly string[] = Object.keys(roleNames);

/** The accesses of API tokens that can be chosen, the narrowest first. */
export const accesses: readonly string[] = Object.keys(accessNames);

/** How often a sync is scheduled (SyncFrequency): "Manual only". */
export function frequencyWords(frequency: string): string {
  return wordsFor(frequencyNames, frequency);
}

/** A day of the week: "Monday". */
export function dayOfWeekWords(day: string): string {
  return wordsFor(dayNames, day);
}

/** What happens to edits where Clio has another value (ConflictResolution): "Keep local". */
export function resolutionWords(resolution: string): string {
  return wordsFor(resolutionNames, resolution);
}

/** What a conflict resolution means: "The edit stays until someone decides." Empty for an unknown one. */
export function resolutionEffect(resolution: string): string {
  return Object.hasOwn(resolutionEffects, resolution) ? (resolutionEffects[resolution] ?? "") : "";
}

/** What a user may do (Role): "Administrator". */
export function roleWords(role: string): string {
  return wordsFor(roleNames, role);
}

/** What an API token allows (ApiTokenAccess): "Read and sync". */
export function accessWords(access: string): string {
  return wordsFor(accessNames, access);
}

/** What a token's access means: "Reads everything, changes nothing." Empty for an unknown one. */
export function accessEffect(access: string): string {
  return Object.hasOwn(accessEffects, access) ? (accessEffects[access] ?? "") : "";
}
