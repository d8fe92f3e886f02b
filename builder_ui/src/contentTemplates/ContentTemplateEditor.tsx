import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { hashKey, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultsProvider, Within } from "../canvas/faults";
import { SaveBar } from "../checkedForm/SaveBar";
import { CHECK_AFTER_MS } from "../checkedForm/useCheckedForm";
import { Choice } from "../messages/fields/Choice";
import { type Channel, isChannel, typesOf } from "../messages/kinds";
import { newMessage } from "../messages/making";
import { MessageForm } from "../messages/MessageForm";
import { MessagePreview } from "../messages/MessagePreview";
import { useSettled } from "../workspace/useSettled";
import { useWords } from "../messages/useWords";
import { CHANNELS } from "../messages/content";
import { contentOf } from "../messages/values";
import { move } from "../router";
import { fieldError, isPlaced } from "../workspace/places";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { tell } from "../workspace/toasts";
import { useUnsaved } from "../workspace/unsaved";
import { WorkPage } from "../workspace/WorkPage";
import { changeContentTemplate, type ContentTemplate, type Draft, makeContentTemplate, useCheck } from "./contentTemplates";
import { DeleteDialog } from "./DeleteDialog";
import { Params } from "./Params";
import { problemsAt } from "./problemsAt";

const FIRST: Channel = "whatsapp";
const ALL = Object.keys(CHANNELS) as Channel[];

/** A content template: its name and its message, beside the phone that shows it. */
export function ContentTemplateEditor({ stored }: { stored?: ContentTemplate }) {
  const { t } = useTranslation();
  const words = useWords();
  const mayEdit = useMay("templates.edit");
  const blank = (channel: Channel): Draft => ({ name: "", channel, content: newMessage(channel, typesOf(channel)[0]!, words) });
  const [start] = useState(() => blank(FIRST));
  const before: Draft = stored ? { ...stored, content: contentOf(stored.content) } : start;
  const [typed, setTyped] = useState<Draft | null>(null);
  const draft = typed ?? before;
  const isChanged = typed !== null && hashKey([pick(typed)]) !== hashKey([pick(before)]);
  useUnsaved(isChanged);
  const saving = useMutation({
    mutationFn: () => (stored ? changeContentTemplate(stored.id, draft) : makeContentTemplate(draft)),
    onSuccess: ({ id }) => {
      setTyped(null);
      tell("success", t("content_templates.saved"));
      if (!stored) move(pathTo("content-templates", id));
    },
  });
  const check = useCheck(useSettled(draft, CHECK_AFTER_MS)).data;
  const params = check?.params ?? [];
  // who only begins to write is not told what is missing
  const isTold = stored !== undefined || isPlaced(saving.error);
  const places = isTold ? (check?.errors ?? []) : [];
  const channel = isChannel(draft.channel) ? draft.channel : FIRST;
  const change = (values: Partial<Draft>) => setTyped({ ...draft, ...values });
  const choose = (next: string) => setTyped({ ...blank(next as Channel), name: draft.name });
  return (
    <WorkPage title={stored?.name ?? t("content_templates.new")} lead={t("content_templates.editor_lead")}>
      {!isPlaced(saving.error) && <ProblemAlert error={saving.error} />}
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 40rem) minmax(20rem, 26rem)" }, alignItems: "start" }}>
        <FaultsProvider problems={problemsAt(places, draft)}>
          <fieldset disabled={!mayEdit} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <Stack sx={{ gap: 2 }}>
              <TextField label={t("content_templates.name")} value={draft.name} required onChange={(event) => change({ name: event.target.value })} {...fieldError(saving.error, "/name")} />
              {!stored && (
                <Choice label={t("content_templates.channel")} field="channel" value={draft.channel} options={ALL.map((one) => ({ value: one, label: t(`channel.${one}`) }))} choose={choose} />
              )}
              <Typography variant="h2">{t("content_templates.message")}</Typography>
              <Within at="content">
                <MessageForm key={channel} channel={channel} content={draft.content} change={(content) => change({ content })} />
              </Within>
            </Stack>
          </fieldset>
        </FaultsProvider>
        <Stack sx={{ gap: 2, position: { lg: "sticky" }, top: { lg: 16 } }}>
          <MessagePreview channel={channel} content={draft.content} />
          <Params names={params} help={t(params.length > 0 ? "content_templates.params_text" : "content_templates.no_params")} />
        </Stack>
      </Box>
      {mayEdit && (
        <SaveBar
          isChanged={!stored || isChanged}
          told={places.length > 0 ? t("content_templates.problems", { count: places.length }) : ""}
          saving={saving}
          {...(stored && { deleting: (close: () => void) => <DeleteDialog template={stored} deleted={() => move(pathTo("content-templates"))} close={close} /> })}
        />
      )}
    </WorkPage>
  );
}

const pick = ({ name, channel, content }: Draft) => ({ name, channel, content });
