/**
 * Every page has a real URL. Pages load on demand: the router keeps the page one is on until the next is ready, so
 * there is no spinner between them. Object pages come from the engine, pages that are more than generic from domains.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { addCustomerTools } from "@/domains/customers/tools";
import { addInsightTools } from "@/domains/insight/tools";
import { addFollowUpParts } from "@/domains/sales/follow-up/parts";
import { addOrderTools } from "@/domains/sales/orders/tools";
import { addPaperTools } from "@/domains/sales/papers/tools";
import { addPoolPanels } from "@/domains/sales/pool/panels";
import { addReceivablesTools } from "@/domains/sales/receivables/tools";
import { addReferralParts } from "@/domains/sales/referrals/parts";
import { addSalesTools } from "@/domains/sales/tools";
import { preloadList } from "@/engine/views/lazy";
import { viewsQuery } from "@/engine/views/saved/views-query";
import { BootSkeleton } from "./BootSkeleton";
import { appMessages } from "./locales";
import { NotFoundPage } from "./NotFoundPage";
import { Overlays } from "./providers/Overlays";
import { RouteCrash } from "./RouteCrash";
import { Shell } from "./shell/Shell";

addSalesTools({
  queues: () => appMessages.t("sales.queues"),
  forecast: () => appMessages.t("sales.forecast"),
});
addCustomerTools({ lookup: () => appMessages.t("customers.lookup") });
addInsightTools({ insight: () => appMessages.t("nav.insight") });
addPoolPanels();
addReferralParts();
addFollowUpParts({ reviews: () => appMessages.t("nav.reviews") });
addOrderTools({ link: () => appMessages.t("orders.link") });
addReceivablesTools({ ageing: () => appMessages.t("receivables.ageing") });
addPaperTools({ print: () => appMessages.t("papers.print"), link: () => appMessages.t("papers.link") });

/** Loads a named export as a route's component. */
function page<M extends Record<string, unknown>, K extends keyof M & string>(
  load: () => Promise<M>,
  name: K,
): () => Promise<{ Component: ComponentType }> {
  return async () => ({ Component: (await load())[name] as ComponentType });
}

const listPage = () => {
  preloadList(location.search);
  return import("@/engine/views/ObjectPage");
};

const settings: RouteObject[] = [
  { index: true, element: <Navigate to="profile" replace /> },
  { path: "profile", lazy: page(() => import("@/engine/settings/profile/ProfilePage"), "ProfilePage") },
  { path: "security", lazy: page(() => import("@/engine/settings/security/SecurityPage"), "SecurityPage") },
  { path: "calendar", lazy: page(() => import("@/domains/sales/follow-up/calendar/CalendarPage"), "CalendarPage") },
  { path: "workspace", lazy: page(() => import("@/engine/settings/workspace/WorkspacePage"), "WorkspacePage") },
  { path: "entry", lazy: page(() => import("@/engine/settings/entry/EntryRulesPage"), "EntryRulesPage") },
  { path: "members", lazy: page(() => import("@/engine/settings/members/MembersPage"), "MembersPage") },
  { path: "teams", lazy: page(() => import("@/engine/settings/teams/TeamsPage"), "TeamsPage") },
  { path: "roles", lazy: page(() => import("@/engine/settings/roles/RolesPage"), "RolesPage") },
  { path: "sharing", lazy: page(() => import("@/engine/settings/sharing/SharingPage"), "SharingPage") },
  { path: "pools", lazy: page(() => import("@/domains/sales/pool/settings/PoolsPage"), "PoolsPage") },
  { path: "assignment", lazy: page(() => import("@/domains/sales/assignment/AssignmentPage"), "AssignmentPage") },
  { path: "plans", lazy: page(() => import("@/domains/sales/follow-up/plans/PlansPage"), "PlansPage") },
  { path: "web-forms", lazy: page(() => import("@/domains/sales/forms/WebFormsPage"), "WebFormsPage") },
  { path: "referrals", lazy: page(() => import("@/domains/sales/referrals/TermsPage"), "ReferralTermsPage") },
  { path: "pipelines", lazy: page(() => import("@/engine/settings/pipelines/PipelinesPage"), "PipelinesPage") },
  { path: "objects", lazy: page(() => import("@/engine/settings/objects/ObjectsPage"), "ObjectsPage") },
  { path: "rules", lazy: page(() => import("@/engine/settings/rules/RulesPage"), "RulesPage") },
  { path: "templates", lazy: page(() => import("@/engine/settings/templates/TemplatesPage"), "TemplatesPage") },
  {
    path: "printing",
    lazy: page(() => import("@/domains/sales/papers/printing/TemplatesPage"), "PrintTemplatesPage"),
  },
  { path: "quality", lazy: page(() => import("@/engine/settings/quality/QualityPage"), "QualityPage") },
  { path: "privacy", lazy: page(() => import("@/engine/settings/privacy/PrivacyPage"), "PrivacyPage") },
  { path: "requests", lazy: page(() => import("@/engine/settings/requests/RequestsPage"), "RequestsPage") },
  { path: "requests/:id", lazy: page(() => import("@/engine/settings/requests/RequestPage"), "RequestPage") },
  { path: "audit", lazy: page(() => import("@/engine/settings/audit/AuditPage"), "AuditPage") },
  { path: "tokens", lazy: page(() => import("@/engine/settings/tokens/TokensPage"), "TokensPage") },
  { path: "*", Component: NotFoundPage },
];

const signedIn = (client: QueryClient): RouteObject[] => [
  { index: true, lazy: page(() => import("@/domains/workbench/WorkbenchPage"), "WorkbenchPage") },
  {
    path: "o/:object",
    // Its views are asked for together with its code, not after it; filtering the list asks for nothing here.
    shouldRevalidate: () => false,
    loader: ({ params }) => {
      if (params.object) void client.prefetchQuery(viewsQuery(params.object));
      return null;
    },
    lazy: page(listPage, "ObjectPage"),
  },
  { path: "o/:object/import", lazy: page(() => import("@/engine/transfer/ImportPage"), "ImportPage") },
  { path: "o/:object/duplicates", lazy: page(() => import("@/engine/finder/FinderPage"), "FinderPage") },
  { path: "o/:object/deleted", lazy: page(() => import("@/engine/views/bin/BinPage"), "BinPage") },
  { path: "o/:object/merge", lazy: page(() => import("@/engine/merging/MergePage"), "MergePage") },
  { path: "o/:object/:id", lazy: page(() => import("@/engine/records/RecordPage"), "RecordPage") },
  { path: "imports/:id", lazy: page(() => import("@/engine/transfer/ImportPage"), "ImportPage") },
  { path: "scan-card", lazy: page(() => import("@/domains/customers/cards/ScanCardPage"), "ScanCardPage") },
  { path: "company-lookup", lazy: page(() => import("@/domains/customers/companies/LookupPage"), "LookupPage") },
  { path: "offer-links", lazy: page(() => import("@/domains/sales/papers/offers/LinksPage"), "OfferLinksPage") },
  { path: "order-links", lazy: page(() => import("@/domains/sales/orders/LinksPage"), "OrderLinksPage") },
  { path: "receivables", lazy: page(() => import("@/domains/sales/receivables/AgeingPage"), "AgeingPage") },
  { path: "tools/duplicates", lazy: page(() => import("@/engine/duplicates/DuplicatesPage"), "DuplicatesPage") },
  { path: "pools", lazy: page(() => import("@/domains/sales/pool/PoolPage"), "PoolPage") },
  { path: "pools/:key", lazy: page(() => import("@/domains/sales/pool/PoolPage"), "PoolPage") },
  { path: "dashboards/:id?", lazy: page(() => import("@/engine/dashboards/DashboardPage"), "DashboardPage") },
  { path: "insight/forecast", lazy: page(() => import("@/domains/insight/forecast/ForecastPage"), "ForecastPage") },
  { path: "insight/tiers", lazy: page(() => import("@/domains/insight/tiers/TiersPage"), "TiersPage") },
  { path: "insight", lazy: page(() => import("@/domains/insight/home/InsightPage"), "InsightPage") },
  { path: "reports", lazy: page(() => import("@/engine/reports/ReportsPage"), "ReportsPage") },
  { path: "forecast", lazy: page(() => import("@/domains/sales/pipeline/forecast/ForecastPage"), "ForecastPage") },
  { path: "lead-queues", lazy: page(() => import("@/domains/sales/assignment/MyQueuesPage"), "MyQueuesPage") },
  { path: "performance/*", lazy: page(() => import("@/domains/sales/targets/PerformanceArea"), "PerformanceArea") },
  { path: "reviews", lazy: page(() => import("@/domains/sales/follow-up/reviews/ReviewPage"), "ReviewPage") },
  { path: "changes", lazy: page(() => import("@/engine/changes/ChangesPage"), "ChangesPage") },
  { path: "messages", lazy: page(() => import("@/engine/notifications/MessagesPage"), "MessagesPage") },
  // The designer needs the whole width: it stands outside of the settings' menu.
  {
    path: "settings/objects/:object",
    lazy: page(() => import("@/engine/settings/objects/DesignerPage"), "DesignerPage"),
  },
  {
    path: "settings/roles/:key",
    lazy: page(() => import("@/engine/settings/roles/RolePage"), "RolePage"),
  },
  {
    path: "settings",
    lazy: page(() => import("@/engine/settings/SettingsLayout"), "SettingsLayout"),
    children: settings,
  },
  { path: "*", Component: NotFoundPage },
];

const access: RouteObject[] = [
  { path: "sign-in", lazy: page(() => import("@/engine/access/SignInPage"), "SignInPage") },
  { path: "sign-up", lazy: page(() => import("@/engine/access/SignUpPage"), "SignUpPage") },
  { path: "reset", lazy: page(() => import("@/engine/access/ResetRequestPage"), "ResetRequestPage") },
  { path: "reset/:key", lazy: page(() => import("@/engine/access/ResetPage"), "ResetPage") },
  { path: "verify-email/:key", lazy: page(() => import("@/engine/access/VerifyEmailPage"), "VerifyEmailPage") },
  { path: "setup", lazy: page(() => import("@/engine/access/SetupPage"), "SetupPage") },
  { path: "notice/:token", lazy: page(() => import("@/engine/privacy/NoticePage"), "NoticePage") },
  { path: "consent/:token", lazy: page(() => import("@/engine/privacy/WithdrawPage"), "WithdrawPage") },
  { path: "offer/:token", lazy: page(() => import("@/domains/sales/papers/offers/OfferPage"), "OfferPage") },
  {
    path: "order/:token",
    lazy: page(() => import("@/domains/sales/orders/page/OrderStatusPage"), "OrderStatusPage"),
  },
  { path: "invitation/:token", lazy: page(() => import("@/engine/access/InvitationPage"), "InvitationPage") },
];

export const routes = (client: QueryClient): RouteObject[] => [
  {
    Component: Overlays,
    ErrorBoundary: RouteCrash,
    HydrateFallback: BootSkeleton,
    children: [
      ...access,
      { path: "/", Component: Shell, children: [{ ErrorBoundary: RouteCrash, children: signedIn(client) }] },
    ],
  },
];

export const createRouter = (client: QueryClient) => createBrowserRouter(routes(client));
