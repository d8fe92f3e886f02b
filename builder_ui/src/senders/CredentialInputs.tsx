import ExpandMore from "@mui/icons-material/ExpandMore";
import Accordion from "@mui/material/Accordion";
import AccordionDetails from "@mui/material/AccordionDetails";
import AccordionSummary from "@mui/material/AccordionSummary";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { fieldError } from "../workspace/places";
import { credentialWords } from "./adapterWords";
import { CredentialInput } from "./CredentialInput";
import { type CredentialField, fieldsOf, folded, type Value } from "./credentialFields";
import type { Adapter } from "./senders";

interface CredentialInputsProps {
  adapter: Adapter;
  values: Record<string, Value>;
  change: (values: Record<string, Value>) => void;
  error: Error | null;
  secrets: Readonly<Record<string, boolean>>;
  disabled: boolean;
}

/** What the adapter asks for. Fields that most leave as they are are folded, unless one of them is refused. */
export function CredentialInputs({ adapter, values, change, error, secrets, disabled }: CredentialInputsProps) {
  const { t } = useTranslation();
  const { shown, more } = folded(fieldsOf(adapter));
  const input = (field: CredentialField) => (
    <CredentialInput
      key={field.name}
      field={credentialWords(adapter.name, field, t)}
      value={values[field.name] ?? ""}
      change={(value) => change({ ...values, [field.name]: value })}
      error={error}
      isSet={secrets[field.name] ?? false}
      disabled={disabled}
    />
  );
  const isRefused = more.some(({ name }) => fieldError(error, `/credentials/${name}`).error);
  return (
    <>
      {shown.map(input)}
      {more.length > 0 && (
        <Accordion key={String(isRefused)} slotProps={{ heading: { component: "h2" } }} defaultExpanded={isRefused} variant="outlined" disableGutters>
          <AccordionSummary expandIcon={<ExpandMore />}>{t("senders.more", { count: more.length })}</AccordionSummary>
          <AccordionDetails>
            <Stack sx={{ gap: 2 }}>{more.map(input)}</Stack>
          </AccordionDetails>
        </Accordion>
      )}
    </>
  );
}
