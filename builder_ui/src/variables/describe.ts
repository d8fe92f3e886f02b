import type { TFunction } from "i18next";
import type { Known } from "./known";

/** What something that can be written stands for. */
export function describe(one: Known, t: TFunction): string {
  return one.of === "step" ? t("variables.of_step", { step: one.step }) : t(`variables.of_${one.of}`);
}
