import { Button } from "antd";
import { CloudAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Empty } from "./Empty";
import { kitMessages } from "./locales";

interface Props {
  children: ReactNode;
  /** A new value (the path, a record id) gives the part another chance. */
  resetKey?: string;
}
interface State {
  error: Error | null;
}

/** Keeps one broken part from taking the page with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.error && before.resetKey !== this.props.resetKey) this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return <CrashNotice error={error} onRetry={() => this.setState({ error: null })} />;
  }
}

/** A chunk that is gone means that the server was updated under an open tab. */
function isOldBuild(error: Error): boolean {
  return /dynamically imported module|Importing a module script failed|preload CSS/i.test(error.message);
}

export function CrashNotice({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = kitMessages.useT();
  const old = isOldBuild(error);
  const reload = <Button onClick={() => location.reload()}>{t("crash.reload")}</Button>;
  return (
    <div role="alert">
      <Empty
        icon={CloudAlert}
        title={old ? t("crash.updated") : t("crash.title")}
        actions={
          old ? (
            reload
          ) : (
            <>
              <Button onClick={onRetry}>{t("retry")}</Button>
              {reload}
            </>
          )
        }
      >
        {old ? null : (
          <>
            {t("crash.body")}
            <br />
            <code className="gx-s12 gx-3">{error.message}</code>
          </>
        )}
      </Empty>
    </div>
  );
}
