import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Words } from "./making";

/** The words that new things begin with. */
export function useWords(): Words {
  const { t } = useTranslation();
  return useMemo(() => ({ open_list: t("messages.open_list") }), [t]);
}
