import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { useFault } from "../../canvas/faults";
import { type StoredTemplate, useTemplates } from "../../whatsappTemplates/templates";
import { kindOf } from "../kinds";
import { isApproved, templateOf } from "../templates";
import { contentOf, textOf, withField } from "../values";
import { FieldInput } from "./FieldInput";
import type { ObjectFieldsProps } from "./ObjectFields";

/** An approved template of WhatsApp, and what fills it (MS-6). */
export function TemplateForm({ name: owner, value, change }: ObjectFieldsProps) {
  const { t } = useTranslation();
  const fault = useFault("name");
  const templates = useTemplates().data ?? [];
  const chosen = templateOf(templates, value) ?? null;
  const { fields } = kindOf(owner);
  const choose = (template: StoredTemplate) => {
    const texts = contentOf(value.variables);
    const variables = Object.fromEntries(template.variables.map((name) => [name, textOf(texts[name])]));
    change({ ...value, name: template.name, language: template.language, variables });
  };
  const unknown = value.name && !chosen ? t("messages.template_unknown", { name: textOf(value.name), language: textOf(value.language) }) : undefined;
  return (
    <>
      <Autocomplete
        disableClearable
        options={templates.filter(isApproved)}
        getOptionLabel={(one) => t("messages.template_in", { name: one.name, language: one.language })}
        isOptionEqualToValue={(one, other) => one.id === other.id}
        getOptionKey={({ id }) => id}
        value={chosen as StoredTemplate}
        onChange={(_, template) => choose(template)}
        noOptionsText={t("messages.no_templates")}
        renderInput={(input) => (
          <TextField {...input} label={t("messages.fields.template")} error={fault?.severity === "error"} helperText={fault?.message ?? unknown ?? t("messages.template_help")} />
        )}
      />
      {Object.keys(contentOf(value.variables)).length > 0 && (
        <FieldInput owner={owner} field="variables" kind={fields.variables!} value={value.variables} change={(variables) => change({ ...value, variables })} />
      )}
      {(value.media !== undefined || chosen?.wants_media) && (
        <FieldInput owner={owner} field="media" kind={fields.media!} value={value.media} change={(media) => change(withField(value, "media", media))} />
      )}
    </>
  );
}
