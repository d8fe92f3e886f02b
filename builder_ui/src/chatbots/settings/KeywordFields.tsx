import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PatternsInput } from "../../patterns/PatternsInput";
import { useTrial } from "../../patterns/trial";
import { KEYWORDS, type Settings } from "./settings";

interface KeywordFieldsProps {
  keywords: Settings["keywords"];
  change: (keywords: Settings["keywords"]) => void;
}

/** Words and patterns that steer the chat (CB-6), tried against a text as they are typed. */
export function KeywordFields({ keywords, change }: KeywordFieldsProps) {
  const { t } = useTranslation();
  const [sample, setSample] = useState("");
  const tried = useTrial(Object.values(keywords).flat(), sample);
  return (
    <>
      {KEYWORDS.map((keyword) => (
        <PatternsInput
          key={keyword}
          label={t(`chatbots.${keyword}`)}
          help={t(`chatbots.${keyword}_help`)}
          patterns={keywords[keyword]}
          tried={tried}
          hasSample={sample !== ""}
          change={(words) => change({ ...keywords, [keyword]: words })}
        />
      ))}
      <TextField label={t("chatbots.sample")} helperText={t("chatbots.sample_help")} value={sample} onChange={(event) => setSample(event.target.value)} />
    </>
  );
}
