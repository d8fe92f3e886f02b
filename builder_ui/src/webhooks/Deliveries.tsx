import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import type { GridColDef } from "@mui/x-data-grid";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DataTable } from "../workspace/DataTable";
import { Panel } from "../workspace/Panel";
import { ProblemAlert } from "../workspace/ProblemAlert";
import { TIME_WIDTH, useTime } from "../workspace/times";
import { tell } from "../workspace/toasts";
import { useWebhookWords } from "./useWebhookWords";
import { type Delivery, type DeliveryState, resend, resendDead, useDeliveries } from "./webhooks";

const STATES = ["waiting", "delivered", "dead"] as const satisfies readonly DeliveryState[];

/** What a webhook was told and is to be told; what did not arrive can be sent again. */
export function Deliveries({ id, mayEdit }: { id: string; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [state, setState] = useState<DeliveryState | "">("");
  const found = useDeliveries(id, state);
  const sending = useMutation({
    mutationFn: (event: string | null) => (event === null ? resendDead(id) : resend(id, event)),
    onSuccess: ({ count }) => tell("success", t("webhooks.resent", { count })),
  });
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel title={t("webhooks.deliveries")} text={t("webhooks.deliveries_text")}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap", mb: 1 }}>
        <TextField select fullWidth={false} size="small" label={t("webhooks.state")} value={state} onChange={(event) => setState(event.target.value as DeliveryState | "")} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }} sx={{ minWidth: 180 }}>
          <MenuItem value="">{t("webhooks.every_state")}</MenuItem>
          {STATES.map((one) => (
            <MenuItem key={one} value={one}>
              {t(`webhooks.${one}`)}
            </MenuItem>
          ))}
        </TextField>
        {mayEdit && <Button onClick={() => sending.mutate(null)}>{t("webhooks.resend_dead")}</Button>}
        {found.hasNextPage && <Button onClick={() => void found.fetchNextPage()}>{t("webhooks.more")}</Button>}
      </Stack>
      <ProblemAlert error={found.error ?? sending.error} />
      <Box sx={{ height: 320, width: "100%", display: "flex", flexDirection: "column" }}>
        <DataTable name="deliveries" label={t("webhooks.deliveries")} rows={rows} getRowId={({ event_id }) => event_id} loading={found.isPending} columns={useColumns(mayEdit ? sending.mutate : null)} showToolbar={false} />
      </Box>
    </Panel>
  );
}

function useColumns(again: ((event: string) => void) | null): GridColDef<Delivery>[] {
  const { t } = useTranslation();
  const time = useTime();
  const words = useWebhookWords();
  return [
    { field: "created_at", headerName: t("webhooks.happened"), width: TIME_WIDTH, valueFormatter: (value: string) => time(value) },
    { field: "kind", headerName: t("webhooks.event"), flex: 1, minWidth: 150, valueFormatter: (kind: string) => words.kind(kind) },
    { field: "state", headerName: t("webhooks.state"), width: 110, valueFormatter: (state: DeliveryState) => t(`webhooks.${state}`) },
    { field: "attempts", headerName: t("webhooks.attempts"), type: "number", width: 90 },
    { field: "problem", headerName: t("webhooks.problem"), flex: 2, minWidth: 110 },
    {
      field: "again",
      headerName: t("webhooks.again"),
      sortable: false,
      width: 120,
      renderCell: ({ row }) =>
        again && (
          <Button size="small" onClick={() => again(row.event_id)}>
            {t("webhooks.again")}
          </Button>
        ),
    },
  ];
}
