import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { exitsOf, type Node } from "../scenario/model";
import { shortened } from "../threads/addresses";
import { reasonWords } from "../threads/reasons";
import { LinkTo } from "../workspace/LinkTo";
import { One } from "../workspace/One";
import { pathTo } from "../workspace/sections";
import { useMay } from "../workspace/session";
import { useTime } from "../workspace/times";
import { byCount, type NodeFigures, useThreadsAt } from "./figures";
import { useDurations, useShares } from "./words";

interface NodePanelProps {
  chatbot: string;
  version: number | "";
  node: Node;
  /** Undefined: nobody came here. */
  figures: NodeFigures | undefined;
}

/** All figures of one step, and the chats that are there. */
export function NodePanel({ chatbot, version, node, figures }: NodePanelProps) {
  const { t } = useTranslation();
  const mayRead = useMay("threads.view");
  const name = node.label || node.id;
  return (
    <Box component="aside" aria-label={t("live.figures", { name })} sx={{ overflow: "auto", minHeight: 0 }}>
      <Typography variant="h2">{name}</Typography>
      {figures ? <Numbers node={node} figures={figures} /> : <Typography sx={{ mt: 1 }}>{t("live.nothing")}</Typography>}
      {mayRead && <Threads chatbot={chatbot} version={version} node={node.id} />}
    </Box>
  );
}

function Numbers({ node, figures }: { node: Node; figures: NodeFigures }) {
  const { t } = useTranslation();
  const share = useShares();
  const duration = useDurations();
  const labels = new Map(exitsOf(node).map(({ handle, label }) => [handle.replace(/^branch:|^else$/, ""), label || t("canvas.else")]));
  const counts = (["skipped", "passed", "stuck", "handed_over"] as const).filter((one) => figures[one] > 0);
  const reasons = (["branches", "finished", "left", "failed"] as const).filter((one) => Object.keys(figures[one]).length > 0);
  const named = (kind: (typeof reasons)[number], reason: string) => (kind === "branches" ? (labels.get(reason) ?? reason) : reason ? reasonWords(reason, t) : t("live.own_end"));
  return (
    <Box component="table" sx={{ width: "100%", my: 1, borderSpacing: 0, "& th": { textAlign: "start", fontWeight: 400, py: 0.25 }, "& td": { textAlign: "end", fontWeight: 600, whiteSpace: "nowrap" } }}>
      <tbody>
        <Row name={t("live.visits")} value={figures.visits} />
        <Row name={t("live.share")} value={share(figures.share)} />
        <Row name={t("live.drop_off")} value={share(figures.drop_off)} />
        {figures.median_wait_seconds !== null && <Row name={t("live.median_wait")} value={duration(figures.median_wait_seconds)} />}
        <Row name={t("live.running")} value={figures.running} />
        {counts.map((one) => (
          <Row key={one} name={t(`live.${one}`)} value={figures[one]} />
        ))}
      </tbody>
      {reasons.map((kind) => (
        <tbody key={kind}>
          <Box component="tr">
            <Box component="th" colSpan={2} scope="rowgroup" sx={{ pt: "12px !important", color: "text.secondary" }}>
              {t(`live.${kind}`)}
            </Box>
          </Box>
          {byCount(figures[kind]).map(([reason, count]) => (
            <Row key={reason} name={named(kind, reason)} value={count} />
          ))}
        </tbody>
      ))}
    </Box>
  );
}

const Row = ({ name, value }: { name: string; value: number | string }) => (
  <tr>
    <th scope="row">{name}</th>
    <td>{value}</td>
  </tr>
);

function Threads({ chatbot, version, node }: { chatbot: string; version: number | ""; node: string }) {
  const { t } = useTranslation();
  const time = useTime();
  const found = useThreadsAt(chatbot, node, version, true);
  return (
    <>
      <Typography variant="h3" sx={{ mt: 2, fontSize: "1rem" }}>
        {t("live.threads")}
      </Typography>
      <One found={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Typography sx={{ color: "text.secondary" }}>{t("live.nobody")}</Typography>
          ) : (
            <Box component="ul" sx={{ p: 0, m: 0, listStyle: "none" }}>
              {items.map((thread) => (
                <Box component="li" key={thread.id} sx={{ py: 0.5, overflowWrap: "anywhere" }}>
                  <Link component={LinkTo} href={pathTo("threads", thread.id)}>
                    {shortened(thread.to)}
                  </Link>
                  <Typography variant="body2" sx={{ color: "text.secondary" }}>
                    {t("live.since", { time: time(thread.waiting_since ?? thread.updated_at) })}
                  </Typography>
                </Box>
              ))}
            </Box>
          )
        }
      </One>
    </>
  );
}
