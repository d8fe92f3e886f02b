import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { CATEGORIES, type Kind, kindOf, KINDS, withKind } from "../model/kinds";
import { SenderField } from "../SenderField";
import { useWhatsAppSenders } from "../templates";
import { Choice } from "./Choice";
import { Part } from "../../checkedForm/Part";
import { PlaceField } from "./PlaceField";

const LANGUAGES = ["en", "en_GB", "en_US", "es", "es_AR", "es_ES", "es_MX", "de", "fr", "it", "pt_BR", "pt_PT", "nl", "pl", "tr", "ar"];

/** What the template is called, whose it is, and what it is for. Name, sender and language stay once it is kept. */
export function IdentityPart({ isKept }: { isKept: boolean }) {
  const { t } = useTranslation();
  const { draft, change, isLocked, problemAt } = useEditing();
  const senders = useWhatsAppSenders().data ?? [];
  const kinds: readonly Kind[] = KINDS[draft.category];
  const senderProblem = problemAt(["sender"]);
  return (
    <Part title={t("whatsapp_templates.identity")} {...(isKept && { help: t("whatsapp_templates.identity_stays") })}>
      <PlaceField place={["name"]} label={t("whatsapp_templates.name")} {...(!isKept && { help: t("whatsapp_templates.name_help") })} required isFixed={isKept} />
      <SenderField
        senders={senders}
        value={draft.sender}
        change={(sender) => change({ ...draft, sender })}
        isFixed={isKept || isLocked}
        {...(senderProblem && { error: true, helperText: senderProblem })}
      />
      <Language isKept={isKept} />
      <Choice
        label={t("whatsapp_templates.category")}
        value={draft.category}
        help={t(`whatsapp_templates.category_help.${draft.category}`)}
        options={CATEGORIES.map((value) => ({ value, label: t(`whatsapp_templates.categories.${value}`) }))}
        choose={(category) => change(withKind(draft, category, KINDS[category][0]))}
      />
      {kinds.length > 1 && (
        <Choice
          label={t("whatsapp_templates.kind")}
          value={kindOf(draft)}
          help={t(`whatsapp_templates.kind_help.${kindOf(draft)}`)}
          options={kinds.map((value) => ({ value, label: t(`whatsapp_templates.kinds.${value}`) }))}
          choose={(kind) => change(withKind(draft, draft.category, kind))}
        />
      )}
    </Part>
  );
}

function Language({ isKept }: { isKept: boolean }) {
  const { t } = useTranslation();
  const { draft, change, leave, isLocked, problemAt } = useEditing();
  const problem = problemAt(["language"]);
  return (
    <Autocomplete
      freeSolo
      id="/language"
      options={LANGUAGES}
      filterOptions={(options) => options}
      inputValue={draft.language}
      onInputChange={(_, language) => change({ ...draft, language })}
      onBlur={() => leave(["language"])}
      readOnly={isKept || isLocked}
      renderInput={(input) => (
        <TextField {...input} label={t("whatsapp_templates.language")} required error={problem !== undefined} helperText={problem ?? (isKept ? undefined : t("whatsapp_templates.language_help"))} />
      )}
    />
  );
}
