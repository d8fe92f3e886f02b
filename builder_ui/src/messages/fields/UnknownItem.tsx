import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { JsonInput } from "../../canvas/JsonInput";
import { type Content, contentOf, isContent } from "../values";
import { FaultText } from "./FaultText";

/** Something of a kind that has no form here: it can be seen and written as JSON, and stays what it is. */
export function UnknownItem({ value, change }: { value: unknown; change: (value: unknown) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <FaultText field="" />
      <FaultText field="type" />
      {!isContent(value) && <Typography sx={{ typography: "body2" }}>{t("messages.not_an_object", { value: JSON.stringify(value) ?? "" })}</Typography>}
      <JsonInput label={t("messages.as_json")} value={contentOf(value)} read={(typed) => typed as Content} change={change} />
    </>
  );
}
