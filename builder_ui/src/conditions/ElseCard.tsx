import FormControlLabel from "@mui/material/FormControlLabel";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import { useTranslation } from "react-i18next";
import { OwnFaults } from "../canvas/FaultNote";
import { LinkField } from "../canvas/LinkField";
import { saysRareThings } from "../fields/field";
import { FieldList } from "../fields/FieldList";
import { More } from "../fields/More";
import { type Condition, ELSE } from "../scenario/model";
import { withElse } from "./branches";
import type { ConditionFieldsProps } from "./ConditionFields";
import { ELSE_FIELDS } from "./otherwise";

type Otherwise = NonNullable<Condition["else"]>;

const OWN = [""];

/** What happens where no branch is taken. */
export function ElseCard({ node, change }: ConditionFieldsProps) {
  const { t } = useTranslation();
  const otherwise = node.else;
  const changeElse = (some: (one: Otherwise) => Otherwise) => change((one) => ({ ...one, else: some(one.else ?? {}) }));
  return (
    <Paper variant="outlined" sx={{ p: 1.5 }}>
      <Stack sx={{ gap: 1.5 }}>
        <FormControlLabel control={<Switch checked={!!otherwise} onChange={(_, on) => change((one) => withElse(one, on))} />} label={t("conditions.else")} />
        <OwnFaults fields={OWN} />
        {otherwise && (
          <>
            <FieldList fields={ELSE_FIELDS} thing={otherwise} change={changeElse} />
            <LinkField from={{ node: node.id, handle: ELSE }} label={otherwise.label ?? ""} next={otherwise.next ?? []} />
            <More label={t("conditions.else_more")} isOpen={saysRareThings(ELSE_FIELDS, otherwise)}>
              <FieldList fields={ELSE_FIELDS} thing={otherwise} change={changeElse} rare />
            </More>
          </>
        )}
      </Stack>
    </Paper>
  );
}
