import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import Button from "@mui/material/Button";
import { EmptyState } from "./EmptyState";

interface Props {
  children: ReactNode;
}

/** Keeps a fault of one page from taking the others with it. A change of `key` is another try. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Fault again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function Fault({ again }: { again: () => void }) {
  const { t } = useTranslation();
  const reload = () => location.reload();
  return (
    <EmptyState title={t("work.fault")} text={t("work.fault_next")}>
      <Button variant="contained" onClick={again}>
        {t("work.again")}
      </Button>
      <Button onClick={reload}>{t("work.reload")}</Button>
    </EmptyState>
  );
}
