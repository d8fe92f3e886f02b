import CheckCircle from "@mui/icons-material/CheckCircle";
import HourglassTop from "@mui/icons-material/HourglassTop";
import RadioButtonUnchecked from "@mui/icons-material/RadioButtonUnchecked";
import type { SvgIconComponent } from "@mui/icons-material";
import { useTranslation } from "react-i18next";
import { useLight } from "./lights";
import type { Light } from "./path";

/** Lights that say more than their colour does. */
const MARKS: Partial<Record<Light, { icon: SvgIconComponent; words: "waits_here" | "tested" | "untested" }>> = {
  waits: { icon: HourglassTop, words: "waits_here" },
  tested: { icon: CheckCircle, words: "tested" },
  untested: { icon: RadioButtonUnchecked, words: "untested" },
};

/** Marks a step for those who do not see colours. */
export function LightMark({ node }: { node: string }) {
  const { t } = useTranslation();
  const light = useLight(node);
  const mark = light && MARKS[light];
  return mark ? <mark.icon titleAccess={t(`trying.${mark.words}`)} /> : null;
}
