import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { keep, recall } from "../storage";
import { en } from "./en";
import { es } from "./es";

/** The languages of the page; each names itself. A language more is a dictionary and a line here. */
export const LANGUAGES = {
  en: { name: "English", translation: en },
  es: { name: "Español", translation: es },
} as const;
export type Language = keyof typeof LANGUAGES;

/** Whether the page speaks a language. */
export const isLanguage = (code: string): code is Language => code in LANGUAGES;

/** The language chosen here before, otherwise the first of the browser's that we speak. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((code) => code.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}

/** The browser's own variant of a language, which knows how dates and times are written where it is. */
export const regional = (language: string) =>
  navigator.languages.find((code) => code.toLowerCase().startsWith(language)) ?? language;

/** Show the page in a language from now on. */
export function setLanguage(language: Language): void {
  keep("language", language);
  void i18next.changeLanguage(language);
}

/** The language that a page wants which shows us in a frame; empty: it does not say. */
const languageOfHost = () => new URLSearchParams(location.search).get("language") ?? "";

/** Make texts ready; has to run before anything is shown. */
export function startTexts(): void {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language;
  });
  void i18next.use(initReactI18next).init({
    resources: LANGUAGES,
    lng: preferredLanguage([languageOfHost(), recall("language", ""), ...navigator.languages]),
    fallbackLng: "en",
    interpolation: { escapeValue: false }, // React escapes
    initAsync: false,
  });
}
