import "i18next";
import type { Dictionary } from "./en";

declare module "i18next" {
  // `t` takes known keys only
  interface CustomTypeOptions {
    resources: { translation: Dictionary };
  }
}
