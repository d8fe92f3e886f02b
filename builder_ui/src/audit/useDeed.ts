import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** What happened, in words: `user.password_reset` is "User: one-time password"; what has no words is told as it is. */
export function useDeed(): (action: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (action: string) => {
      const [kind, deed] = action.split(".", 2) as [string, string?];
      const what = t(`audit.kind_names.${kind as "user"}`, { defaultValue: kind });
      return deed === undefined ? what : `${what}: ${t(`audit.deeds.${deed as "created"}`, { defaultValue: deed.replaceAll("_", " ") })}`;
    },
    [t],
  );
}
