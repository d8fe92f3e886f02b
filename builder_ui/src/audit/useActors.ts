import { useTranslation } from "react-i18next";
import { useKeys } from "../keys/keys";
import { useUsers } from "../users/users";
import { useMay } from "../workspace/session";

export interface Actor {
  filter: "user_id" | "key_id";
  id: string;
  name: string;
  group: string;
}

/** Who can be in the log, as far as whoever looks may see them. */
export function useActors(): Actor[] {
  const { t } = useTranslation();
  const users = useUsers(useMay("users.view")).data ?? [];
  const keys = useKeys(useMay("keys.view")).data ?? [];
  return [
    ...users.map(({ id, login }): Actor => ({ filter: "user_id", id, name: login, group: t("sections.users") })),
    ...keys.map(({ id, name }): Actor => ({ filter: "key_id", id, name, group: t("sections.keys") })),
  ];
}
