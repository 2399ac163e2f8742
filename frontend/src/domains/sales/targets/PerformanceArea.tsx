import { useParams } from "react-router";
import { lazyPart } from "@/kit";
import { PerformancePage } from "./PerformancePage";

const PAGES = {
  targets: lazyPart(async () => (await import("./GridPage")).TargetGridPage),
  pay: lazyPart(async () => (await import("./pay/PayPage")).PayPage),
  cards: lazyPart(async () => (await import("./pay/CardsPage")).CardsPage),
};

/** The pages of performance: one entry in the app's router, which every page pays for. */
export function PerformanceArea() {
  const rest = useParams()["*"] ?? "";
  const Page = PAGES[rest as keyof typeof PAGES] ?? PerformancePage;
  return <Page />;
}
