import HourglassTop from "@mui/icons-material/HourglassTop";
import { useTranslation } from "react-i18next";
import { useLight } from "./lights";

/** Marks the step where the chat waits, for those who do not see colours. */
export function LightMark({ node }: { node: string }) {
  const { t } = useTranslation();
  const light = useLight(node);
  return light === "waits" ? <HourglassTop titleAccess={t("trying.waits_here")} /> : null;
}
