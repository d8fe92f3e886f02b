import { useTranslation } from "react-i18next";
import type { Permission } from "./permissionGroups";

/** What a permission allows, in the language of the page; the server's own words for one that the page does not know. */
export function useSentenceOf(): (permission: Permission) => string {
  const { t } = useTranslation();
  return ({ name, sentence }) => t(`permissions.${name as "chatbots.view"}`, { defaultValue: sentence });
}
