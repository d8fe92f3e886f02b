import { useTranslation } from "react-i18next";
import { regional } from "../i18n";
import { sizeText } from "./files";

/** Writes sizes in the language of the page. */
export function useSize(): (bytes: number) => string {
  const { i18n } = useTranslation();
  return (bytes) => sizeText(bytes, regional(i18n.language));
}
