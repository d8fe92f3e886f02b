export const LEAST_CHARACTERS = 8;
export const LEAST_GROUPS = 3;
const GROUPS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/** Whether a password is long enough, and of enough groups (AC-2); the server also knows the ones of before. */
export const isLongEnough = (password: string) => [...password].length >= LEAST_CHARACTERS;
export const isMixedEnough = (password: string) => GROUPS.filter((group) => group.test(password)).length >= LEAST_GROUPS;
