import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import Button from "@mui/material/Button";
import { EmptyState } from "./EmptyState";

interface Props {
  /** Where the page is: going elsewhere is another try. */
  path: string;
  children: ReactNode;
}

/** Keeps a fault of one page from taking the others with it. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.path !== this.props.path) this.setState({ failed: false });
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
