import Stack from "@mui/material/Stack";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ALWAYS } from "../../history/period";
import { EmptyState } from "../../workspace/EmptyState";
import { Waiting } from "../../workspace/Gate";
import { LinkTo } from "../../workspace/LinkTo";
import { NotLoaded } from "../../workspace/NotLoaded";
import { useMe } from "../../workspace/session";
import { AnswerFilters } from "./AnswerFilters";
import { AnswerTable } from "./AnswerTable";
import { queryOf, useAnswers } from "./answers";
import { Counts } from "./Counts";

const NEWEST_FIRST = "-updated_at";

/** What contacts have answered: how often, and thread by thread (CB-11). */
export default function AnswersPart({ id }: { id: string }) {
  const { time_zone } = useMe();
  const [period, choose] = useState(ALWAYS);
  const [sort, setSort] = useState(NEWEST_FIRST);
  const query = queryOf(period, time_zone);
  const answers = useAnswers(id, query, sort);
  const first = answers.data?.pages[0];
  if (answers.isPending) return <Waiting />;
  if (!first) return <NotLoaded error={answers.error} isTrying={answers.isFetching} again={() => void answers.refetch()} />;
  if (first.items.length === 0 && period === ALWAYS) return <NoAnswers fields={first.fields} />;
  return (
    <Stack sx={{ gap: 2 }}>
      <AnswerFilters id={id} period={period} choose={choose} query={query} />
      {first.fields.length > 0 && <Counts id={id} fields={first.fields} query={query} />}
      <AnswerTable key={JSON.stringify([query, sort])} id={id} answers={answers} fields={first.fields} sort={sort} setSort={setSort} />
    </Stack>
  );
}

/** Says what will be here, and what to do for it. */
function NoAnswers({ fields }: { fields: string[] }) {
  const { t } = useTranslation();
  const text = fields.length ? t("answers.none_text", { fields: fields.join(", ") }) : t("answers.no_fields_text");
  return (
    <EmptyState title={t("answers.none")} text={text}>
      <Button component={LinkTo} href="/">
        {t("answers.try")}
      </Button>
    </EmptyState>
  );
}
