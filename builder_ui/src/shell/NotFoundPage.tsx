import { useTranslation } from "react-i18next";
import { Link, ROUTES } from "../router";
import buttons from "./buttons.module.css";
import { Notice } from "./Notice";
import { Page } from "./Page";

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("page.not_found")}>
      <h1 className="visually-hidden">{t("page.not_found")}</h1>
      <Notice title={t("page.not_found")}>
        <p>{t("page.not_found_next")}</p>
        <Link className={buttons.primary} href={ROUTES.home}>
          {t("page.to_home")}
        </Link>
      </Notice>
    </Page>
  );
}
