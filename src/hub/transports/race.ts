/**
 * Words of git and of forges for "somebody else was faster": the ref is locked while another push is served, or is no longer
 * what the push expects. They decide only how long we are patient and what the user is told; what became of a push is read
 * from the head.
 */
const RACE =
  /cannot lock ref .*(?:is at [0-9a-f]+ but expected|file exists|reference already exists)|reference does not point to expected|stale info|fetch first|non-fast-forward/i

/** Whether a server's refusal means that another push came in between. */
export const isRace = (message: string | null): boolean => message !== null && RACE.test(message)
