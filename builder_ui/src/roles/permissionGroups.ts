import type { Schemas } from "../api/client";

export type Permission = Schemas["PermissionView"];

export interface PermissionGroup {
  /** What its permissions are of, such as `chatbots`. */
  name: string;
  permissions: Permission[];
}

/** Permissions by what they are of, in the order that they came in. */
export function grouped(permissions: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const name = permission.name.split(".")[0]!;
    groups.set(name, [...(groups.get(name) ?? []), permission]);
  }
  return [...groups].map(([name, members]) => ({ name, permissions: members }));
}

/** What is chosen after some permissions have been switched on or off. */
export function switched(chosen: readonly string[], names: readonly string[], isOn: boolean): string[] {
  const others = chosen.filter((name) => !names.includes(name));
  return isOn ? [...others, ...names] : others;
}
