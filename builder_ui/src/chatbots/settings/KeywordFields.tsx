import Autocomplete from "@mui/material/Autocomplete";
import Chip from "@mui/material/Chip";
import FormHelperText from "@mui/material/FormHelperText";
import TextField from "@mui/material/TextField";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KEYWORDS, type Keyword, type Settings } from "./settings";
import { type Tried, useTrial } from "./trial";

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
        <Words key={keyword} keyword={keyword} words={keywords[keyword]} tried={tried} hasSample={sample !== ""} change={(words) => change({ ...keywords, [keyword]: words })} />
      ))}
      <TextField label={t("chatbots.sample")} helperText={t("chatbots.sample_help")} value={sample} onChange={(event) => setSample(event.target.value)} />
    </>
  );
}

interface WordsProps {
  keyword: Keyword;
  words: string[];
  tried: Map<string, Tried>;
  hasSample: boolean;
  change: (words: string[]) => void;
}

function Words({ keyword, words, tried, hasSample, change }: WordsProps) {
  const { t } = useTranslation();
  const problems = words.map((word) => tried.get(word)?.problem).filter((problem) => problem != null);
  const fits = (word: string) => hasSample && tried.get(word)?.fits === true;
  const colour = (word: string) => (tried.get(word)?.problem ? "error" : fits(word) ? "success" : "default");
  return (
    <div>
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        options={[]}
        value={words}
        onChange={(_, chosen) => change([...new Set(chosen.map((word) => word.trim()).filter(Boolean))])}
        renderValue={(shown, itemProps) =>
          shown.map((word, index) => {
            const { key, ...rest } = itemProps({ index });
            const label = fits(word) ? t("chatbots.fits", { word }) : word;
            return <Chip key={key} size="small" color={colour(word)} label={label} {...rest} />;
          })
        }
        renderInput={(input) => <TextField {...input} label={t(`chatbots.${keyword}`)} placeholder={t("chatbots.add_word")} />}
      />
      <FormHelperText>{t(`chatbots.${keyword}_help`)}</FormHelperText>
      {problems.map((problem) => (
        <FormHelperText key={problem} error role="alert">
          {problem}
        </FormHelperText>
      ))}
    </div>
  );
}
