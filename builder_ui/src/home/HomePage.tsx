import { useTranslation } from "react-i18next";
import { Link } from "../router";
import buttons from "../shell/buttons.module.css";
import { Notice } from "../shell/Notice";
import { Page } from "../shell/Page";
import { ChatbotCard } from "./ChatbotCard";
import { type Loading, useChatbots } from "./chatbots";
import styles from "./HomePage.module.css";

/** What this is, what to do next, and the chatbots to do it with. */
export function HomePage() {
  const { t } = useTranslation();
  const [loading, again] = useChatbots();
  return (
    <Page title="">
      <div className={styles.hero}>
        <h1 className={styles.title}>{t("home.title")}</h1>
        <p className={styles.lead}>{t("home.lead")}</p>
        <Link className={buttons.primary} href="/chatbots">
          {t("home.build")}
        </Link>
      </div>
      <Chatbots loading={loading} again={again} />
    </Page>
  );
}

function Chatbots({ loading, again }: { loading: Loading; again: () => void }) {
  const { t } = useTranslation();
  if (loading.state === "loading") return <p role="status">{t("home.loading")}</p>;
  if (loading.state === "failed") return <Failed again={again} />;
  if (loading.chatbots.length === 0) return <Empty />;
  return (
    <section>
      <h2 className="visually-hidden">{t("home.list")}</h2>
      <ul className={styles.cards}>
        {loading.chatbots.map((chatbot) => (
          <li key={chatbot.sender}>
            <ChatbotCard chatbot={chatbot} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Failed({ again }: { again: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice title={t("home.failed")} alert>
      <p>{t("home.failed_next")}</p>
      <button type="button" className={buttons.primary} onClick={again}>
        {t("home.retry")}
      </button>
    </Notice>
  );
}

/** No chatbot yet: says how to get the first one. */
function Empty() {
  const { t } = useTranslation();
  return (
    <Notice title={t("home.empty")}>
      <p>{t("home.empty_lead")}</p>
      <ol className={styles.steps}>
        <li>
          {t("home.empty_step_1")} <code>examples/</code>
        </li>
        <li>
          {t("home.empty_step_2")} <code>botflow validate FILE</code>
        </li>
        <li>{t("home.empty_step_3")}</li>
      </ol>
    </Notice>
  );
}
