import Chip from "@mui/material/Chip";
import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import { GridActionsCellItem, type GridColDef, type GridRowSelectionModel } from "@mui/x-data-grid";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { wordsOf } from "../patterns/wordsOf";
import { navigate } from "../router";
import { type Sender, useSenders } from "../senders/senders";
import { DataTable } from "../workspace/DataTable";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { TIME_WIDTH, useTime } from "../workspace/times";
import type { ChatbotDoing } from "./ChatbotDialogs";
import { type Chatbot, fileAddress } from "./chatbots";

interface ChatbotTableProps {
  chatbots: Chatbot[];
  act: (doing: ChatbotDoing) => void;
  choice: GridRowSelectionModel;
  choose: (choice: GridRowSelectionModel) => void;
}

const HIDDEN_AT_FIRST = { id: false, reset: false, stop: false, opt_out: false, language: false, description: false };

/** The table of CB-1. */
export function ChatbotTable({ chatbots, act, choice, choose }: ChatbotTableProps) {
  const { t } = useTranslation();
  const columns = useColumns(act);
  return (
    <DataTable
      name="chatbots"
      label={t("sections.chatbots")}
      rows={chatbots}
      columns={columns}
      checkboxSelection
      disableRowSelectionExcludeModel
      rowSelectionModel={choice}
      onRowSelectionModelChange={choose}
      initialState={{ columns: { columnVisibilityModel: HIDDEN_AT_FIRST }, sorting: { sortModel: [{ field: "name", sort: "asc" }] } }}
    />
  );
}

function useColumns(act: (doing: ChatbotDoing) => void): GridColDef<Chatbot>[] {
  const { t } = useTranslation();
  const time = useTime();
  const actions = useActions(act);
  const senders = useSenders().data;
  return useMemo(() => {
    const words = (field: keyof Chatbot["keywords"]): GridColDef<Chatbot> => ({
      field,
      headerName: t(`chatbots.${field}`),
      flex: 1,
      minWidth: 100,
      valueGetter: (_, { keywords }) => (keywords[field] ?? []).flatMap(wordsOf).join(", "),
    });
    return [
      { field: "name", headerName: t("chatbots.name"), flex: 2, minWidth: 140, renderCell: ({ row }) => <Name chatbot={row} /> },
      { field: "state", headerName: t("chatbots.state"), width: 140, valueGetter: (_, row) => t(stateOf(row)), renderCell: ({ row }) => <State chatbot={row} /> },
      { field: "channel", headerName: t("chatbots.channel"), width: 90, valueFormatter: (channel: Chatbot["channel"]) => t(`channel.${channel as "sms"}`) },
      words("trigger"),
      words("reset"),
      words("stop"),
      words("opt_out"),
      {
        field: "is_default",
        headerName: t("chatbots.default_column"),
        type: "boolean",
        width: 90,
        valueGetter: (_, { senders }) => senders.some((place) => place.is_default),
      },
      { field: "senders", headerName: t("chatbots.senders"), flex: 1, minWidth: 100, valueGetter: (_, chatbot) => namesOf(chatbot, senders) },
      { field: "saved_at", headerName: t("chatbots.saved"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
      { field: "id", headerName: t("chatbots.id"), flex: 1, minWidth: 140 },
      { field: "language", headerName: t("chatbots.language"), width: 100 },
      { field: "description", headerName: t("chatbots.description"), flex: 2, minWidth: 200 },
      { field: "actions", type: "actions", headerName: t("work.actions"), width: 86, getActions: ({ row }) => actions(row) },
    ];
  }, [t, time, actions, senders]);
}

/** Where it runs, by name where that is known. */
const namesOf = (chatbot: Chatbot, senders: Sender[] = []) =>
  chatbot.senders.map((place) => senders.find(({ id }) => id === place.sender)?.name ?? place.sender).join(", ");

/** What can be done with one chatbot, by whoever may. */
function useActions(act: (doing: ChatbotDoing) => void) {
  const { t } = useTranslation();
  const mayEdit = useMay("chatbots.edit");
  const mayPublish = useMay("chatbots.publish");
  return useMemo(
    () => (chatbot: Chatbot) => {
      const item = (label: string, run: () => void) => <GridActionsCellItem key={label} showInMenu label={label} onClick={run} />;
      const senders = item(t("chatbots.enable"), () => act({ what: "senders", chatbot }));
      const copy = item(t("chatbots.copy"), () => act({ what: "copy", chatbot }));
      const remove = item(t("chatbots.delete"), () => act({ what: "delete", chatbot }));
      return [
        item(t("chatbots.edit"), () => navigate(pathTo("chatbots", chatbot.id))),
        item(t("chatbots.settings"), () => navigate(pathTo("chatbots", chatbot.id, "settings"))),
        item(t("chatbots.export"), () => location.assign(fileAddress(chatbot.id))),
        ...(mayPublish ? [senders] : []),
        ...(mayEdit ? [copy, remove] : []),
      ];
    },
    [t, act, mayEdit, mayPublish],
  );
}

function Name({ chatbot }: { chatbot: Chatbot }) {
  return (
    <Link component={LinkTo} href={pathTo("chatbots", chatbot.id)} sx={{ fontWeight: 600 }}>
      {chatbot.name}
    </Link>
  );
}

function stateOf({ newest_version, has_changes }: Chatbot) {
  if (newest_version === 0) return "chatbots.draft";
  return has_changes ? "chatbots.changed" : "chatbots.published";
}

const COLOURS = { "chatbots.draft": "default", "chatbots.changed": "warning", "chatbots.published": "success" } as const;

function State({ chatbot }: { chatbot: Chatbot }) {
  const { t } = useTranslation();
  const state = stateOf(chatbot);
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: "center", height: "100%" }}>
      <Chip size="small" variant="outlined" color={COLOURS[state]} label={t(state)} />
      {chatbot.newest_version > 0 && t("chatbots.version", { number: chatbot.newest_version })}
    </Stack>
  );
}
