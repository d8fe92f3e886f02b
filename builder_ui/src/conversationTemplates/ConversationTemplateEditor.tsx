import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { TextInput } from "../canvas/TextInput";
import { Part } from "../checkedForm/Part";
import { SaveBar } from "../checkedForm/SaveBar";
import { useCheckedForm } from "../checkedForm/useCheckedForm";
import { Params } from "../contentTemplates/Params";
import { Counter } from "../limits/Counter";
import { CHANNELS } from "../messages/content";
import { Choice } from "../messages/fields/Choice";
import type { Channel } from "../messages/kinds";
import { move } from "../router";
import { VariablesProvider } from "../variables/current";
import { IN_EVERY_CHAT } from "../variables/known";
import { isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { WorkPage } from "../workspace/WorkPage";
import { ConversationPreview } from "./ConversationPreview";
import { changeConversationTemplate, checkOf, type Limits, makeConversationTemplate } from "./conversationTemplates";
import { DeleteDialog } from "./DeleteDialog";
import { type ConversationTemplate, type Draft, paramsOf } from "./draft";
import { FilesPart } from "./FilesPart";
import { useRuleWords } from "./useRuleWords";

const ALL = Object.keys(CHANNELS) as Channel[];
const LINES = 4;

interface ConversationTemplateEditorProps {
  start: Draft;
  /** Left out for one that is not kept yet. */
  stored?: ConversationTemplate;
  limits: Limits;
}

/** A conversation template: its name, text and files, beside the phone that shows them. */
export function ConversationTemplateEditor({ start, stored, limits }: ConversationTemplateEditorProps) {
  const { t } = useTranslation();
  const isLocked = !useMay("templates.edit");
  const { fields, write, isChanged, broken, isTellingAll, error, unlessBroken } = useCheckedForm({ start, isLocked, checkOf, words: useRuleWords() });
  const { draft, leave, problemAt } = fields;
  const change = (values: Partial<Draft>) => write({ ...draft, ...values });
  const saving = useMutation({
    mutationFn: () => (stored ? changeConversationTemplate(stored.id, draft) : makeConversationTemplate(draft)),
    onSuccess: ({ id }) => {
      tell("success", t("conversation_templates.saved"));
      if (!stored) move(pathTo("conversation-templates", id));
    },
  });
  const params = paramsOf(draft.text);
  const problem = (pointer: string) => ({ id: pointer, error: problemAt(pointer) !== undefined });
  return (
    <WorkPage title={stored?.name ?? t("conversation_templates.new")} lead={t("conversation_templates.editor_lead")}>
      <ProblemAlert error={isPlaced(saving.error) && broken.length > 0 ? null : (saving.error ?? error)} />
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 40rem) minmax(20rem, 26rem)" }, alignItems: "start" }}>
        <fieldset disabled={isLocked} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
          <Stack sx={{ gap: 2 }}>
            <Part title={t("conversation_templates.message")}>
              <TextField
                {...problem("/name")}
                label={t("conversation_templates.name")}
                helperText={problemAt("/name") ?? t("conversation_templates.name_help")}
                value={draft.name}
                required
                onChange={(event) => change({ name: event.target.value })}
                onBlur={() => {
                  // as it is kept: else it would count as changed once it is saved
                  if (draft.name !== draft.name.trim()) change({ name: draft.name.trim() });
                  leave("/name");
                }}
              />
              <Choice
                label={t("conversation_templates.channel")}
                field={null}
                value={draft.channel ?? ""}
                options={[{ value: "", label: t("conversation_templates.every_channel") }, ...ALL.map((one) => ({ value: one, label: t(`channel.${one}`) }))]}
                choose={(channel) => change({ channel: channel || null })}
              />
              <VariablesProvider value={IN_EVERY_CHAT}>
                <Box onBlur={() => leave("/text")} sx={{ display: "grid" }}>
                  <TextInput
                    {...problem("/text")}
                    label={t("conversation_templates.text")}
                    helperText={problemAt("/text") ?? t("conversation_templates.text_help")}
                    aside={<Counter count={[...draft.text].length} most={limits.text} />}
                    value={draft.text}
                    change={(text) => change({ text })}
                    takesVariables
                    multiline
                    minRows={LINES}
                  />
                </Box>
              </VariablesProvider>
            </Part>
            <FilesPart files={draft.files} most={limits.files} change={(files) => change({ files })} isLocked={isLocked} problemAt={problemAt} />
          </Stack>
        </fieldset>
        <Stack sx={{ gap: 2, position: { lg: "sticky" }, top: { lg: 16 } }}>
          <ConversationPreview draft={draft} />
          <Params names={params} help={t(params.length > 0 ? "conversation_templates.params_text" : "conversation_templates.no_params")} />
        </Stack>
      </Box>
      {!isLocked && (
        <SaveBar
          isChanged={!stored || isChanged}
          told={isTellingAll && broken.length > 0 ? t("conversation_templates.problems", { count: broken.length }) : ""}
          saving={{ mutate: () => void unlessBroken(saving.mutate), isPending: saving.isPending }}
          {...(stored && { deleting: (close: () => void) => <DeleteDialog template={stored} deleted={() => move(pathTo("conversation-templates"))} close={close} /> })}
        />
      )}
    </WorkPage>
  );
}
