import { useState } from "react";
import { Outlet, useLocation, useNavigate, useNavigation } from "react-router";
import { useStream } from "@/api";
import { useLogRequest } from "@/engine/records/log-target";
import { usePalette } from "@/engine/search/usePalette";
import { ErrorBoundary, lazyDialog, lazyPart, useHotkey, useIsPhone, usePreload } from "@/kit";
import { appMessages } from "../locales";
import { BottomBar } from "./BottomBar";
import { PersonPanel } from "./PersonMenu";
import { QuickCreateProvider } from "./QuickCreate";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar";
import { useLogKey } from "./useLogKey";
import { useRail } from "./useRail";

const Commands = lazyPart(async () => (await import("./Commands")).Commands);
const ShortcutSheet = lazyDialog(async () => (await import("./ShortcutSheet")).ShortcutSheet);
const LogDrawer = lazyDialog(async () => (await import("@/domains/sales/follow-up/LogDrawer")).LogDrawer);
const LATER = [Commands, PersonPanel, LogDrawer];

export function Frame() {
  return (
    <QuickCreateProvider>
      <FrameInside />
    </QuickCreateProvider>
  );
}

function FrameInside() {
  const t = appMessages.useT();
  const location = useLocation();
  const navigate = useNavigate();
  const loading = useNavigation().state === "loading";
  const phone = useIsPhone();
  const rail = useRail();
  const palette = usePalette();
  const [keysOpen, setKeysOpen] = useState(false);
  useStream();
  usePreload(LATER);
  useHotkey("mod+k", palette.toggle);
  useHotkey("/", palette.show);
  useHotkey("?", () => setKeysOpen(true));
  useHotkey("[", rail.toggle);
  useHotkey("h", () => void navigate("/"));
  useLogKey();
  const log = useLogRequest();

  return (
    <div className={[styles.app, rail.collapsed ? styles.collapsed : ""].join(" ")}>
      <a className={styles.skip} href="#content">
        {t("skip")}
      </a>
      <TopBar onSearch={palette.show} onHelp={() => setKeysOpen(true)} />
      {!phone && <Rail collapsed={rail.collapsed} onToggle={rail.toggle} />}
      <main className={styles.sheet} id="content" tabIndex={-1}>
        {loading && (
          <div className={styles.progress} aria-hidden="true">
            <i />
          </div>
        )}
        <ErrorBoundary resetKey={location.pathname}>
          <Outlet />
        </ErrorBoundary>
      </main>
      {phone && <BottomBar />}
      {palette.open && <Commands palette={palette} onShortcuts={() => setKeysOpen(true)} />}
      <LogDrawer open={log.open} target={log.target} />
      <ShortcutSheet open={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  );
}
