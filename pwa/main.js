/** The app: what is shown at which address, and the order in which it starts. */
import { render } from "preact";
import { html } from "#kit/html";
import { startLanguage } from "#kit/i18n";
import { startTheme } from "#kit/theme";
import { db } from "#kit/db";
import { erased } from "#kit/erased";
import { useLive } from "#kit/live";
import { match, path } from "#kit/router";
import { obstacle, session, startSession } from "#kit/session";
import { startUpdates } from "#kit/update";
import { Dialogs } from "#parts/dialog";
import { watchUnsent } from "#parts/status";
import { Toasts } from "#parts/toast";
import { ErasedPage } from "#parts/erased";
import { lazy } from "#parts/lazy";
import { TodayPage } from "#features/today/today";

const RightsPages = lazy(() => import("#features/rights/pages"), "RightsPages");

/**
 * The day opens at once; other pages are fetched when first needed, and from the phone once it has the release.
 * @type {[string, Function][]}
 */
const ROUTES = [
  ["/", TodayPage],
  ["/stores", lazy(() => import("#features/stores/search"), "StoresPage")],
  ["/stores/:id", lazy(() => import("#features/stores/store"), "StorePage")],
  ["/check-in/:customer/:plan", lazy(() => import("#features/visits/check-in"), "CheckInPage")],
  ["/visits/:id", lazy(() => import("#features/visits/visit"), "VisitPage")],
  ["/visits/:id/steps/:step", lazy(() => import("#features/visits/step"), "StepPage")],
  ["/visits/:id/check-out", lazy(() => import("#features/visits/check-out"), "CheckOutPage")],
  ["/punch", lazy(() => import("#features/attendance/punch"), "PunchPage")],
  ["/forms", lazy(() => import("#features/forms/list"), "FormsPage")],
  ["/forms/fill/:id", lazy(() => import("#features/forms/fill"), "FillPage")],
  ["/forms/sent/:id", lazy(() => import("#features/forms/sent"), "SentPage")],
  ["/leave", lazy(() => import("#features/leave/leave"), "LeavePage")],
  ["/leave/new", lazy(() => import("#features/leave/ask"), "AskLeavePage")],
  ["/leave/:id/change", lazy(() => import("#features/leave/ask"), "AskLeavePage")],
  ["/leave/:id", lazy(() => import("#features/leave/request"), "LeaveRequestPage")],
  ["/calendar", lazy(() => import("#features/calendar/calendar"), "CalendarPage")],
  ["/calendar/new/:on", lazy(() => import("#features/calendar/edit"), "NewEventPage")],
  ["/calendar/:id/:at", lazy(() => import("#features/calendar/event"), "EventPage")],
  ["/calendar/:id/:at/edit", lazy(() => import("#features/calendar/edit"), "EditEventPage")],
  ["/punch/field", lazy(() => import("#features/attendance/field"), "FieldPage")],
  ["/punch/face", lazy(() => import("#features/attendance/face"), "FacePage")],
  ["/punch/month", lazy(() => import("#features/attendance/month"), "MonthPage")],
  ["/punch/days/:on/swap", lazy(() => import("#features/attendance/swap"), "SwapPage")],
  ["/punch/days/:on", lazy(() => import("#features/attendance/day"), "DayPage")],
  ["/punch/requests/:id", lazy(() => import("#features/attendance/change"), "ChangeRequestPage")],
  ["/punch/requests", lazy(() => import("#features/attendance/day"), "RequestsPage")],
  ["/reports", lazy(() => import("#features/daily_reports/list"), "ReportsPage")],
  ["/reports/write/:id", lazy(() => import("#features/daily_reports/write"), "WriteReportPage")],
  ["/reports/:id", lazy(() => import("#features/daily_reports/report"), "ReportPage")],
  ["/pending", lazy(() => import("#features/pending/pending"), "PendingPage")],
  ["/approvals", lazy(() => import("#features/approvals/list"), "ApprovalsPage")],
  ["/approvals/:id", lazy(() => import("#features/approvals/request"), "RequestPage")],
  ["/me", lazy(() => import("#features/me/me"), "MePage")],
  ["/colleagues", lazy(() => import("#features/colleagues/book"), "AddressBookPage")],
  ["/colleagues/in/:department", lazy(() => import("#features/colleagues/book"), "AddressBookPage")],
  ["/colleagues/:id", lazy(() => import("#features/colleagues/colleague"), "ColleaguePage")],
  ["/me/messages", lazy(() => import("#features/messages/messages"), "MessagesPage")],
  ["/me/records", lazy(() => import("#features/me/records"), "RecordsPage")],
  ["/me/privacy", lazy(() => import("#features/me/privacy"), "PrivacyPage")],
  ["/me/privacy/partners", lazy(() => import("#features/me/partners"), "PartnersPage")],
  ["/me/privacy/shared", lazy(() => import("#features/me/shared"), "SharedPage")],
  ["/me/notice", lazy(() => import("#features/me/notice"), "NoticeAgainPage")],
  ["/me/permissions", lazy(() => import("#features/me/permissions"), "PermissionsPage")],
  ["/me/deputies", lazy(() => import("#features/approvals/deputies"), "DeputiesPage")],
  ["/me/devices", lazy(() => import("#features/me/devices"), "DevicesPage")],
  ["/me/notifications", lazy(() => import("#features/me/notifications"), "NotificationsPage")],
  ["/me/settings", lazy(() => import("#features/me/settings"), "SettingsPage")],
  ["/me/scan", lazy(() => import("#features/me/scan"), "ScanPage")],
  ["/me/scan/:code", lazy(() => import("#features/me/scan"), "ScanPage")],
  ["/me/about", lazy(() => import("#features/me/about"), "AboutPage")],
  ["/me/support", lazy(() => import("#features/me/about"), "SupportPage")],
  ["/me/rights", RightsPages],
  ["/me/rights/:part", RightsPages],
  ["/me/rights/:part/:id", RightsPages],
  ["/me/rights/:part/:code/:id", RightsPages],
  ["/me/storage", lazy(() => import("#features/me/storage"), "StoragePage")],
];
const ActivationPage = lazy(() => import("#features/activation/welcome"), "ActivationPage");
const NoticePage = lazy(() => import("#features/activation/notice"), "NoticePage");
const ChangePage = lazy(() => import("#features/policy/change"), "ChangePage");
const LocationPage = lazy(() => import("#features/activation/location"), "LocationPage");

function App() {
  if (erased.value) return html`<${ErasedPage} told=${erased.value} />`;
  const found = match(ROUTES, path.value) || { page: TodayPage, params: {} };
  return html`<${Gate}><${found.page} key=${path.value} ...${found.params} /><//><${Toasts} /><${Dialogs} />`;
}

/** The release of the policy that waits for a decision, as the last sync told; 0 for none. */
const pendingChange = async () => (await db.me.toCollection().first())?.policy_release || 0;

/** First in, then agreed, then asked about the position; then a considerable change, if any; after that the app. */
function Gate({ children }) {
  const change = useLive(pendingChange, []) || 0;
  if (!session.value || (path.value === "/sign-in" && obstacle.value === "signed_out")) return html`<${ActivationPage} />`;
  if (obstacle.value === "consent_required") return html`<${NoticePage} />`;
  if (!session.value.locationAsked) return html`<${LocationPage} />`;
  const { answeredRelease = 0, laterUntil = 0 } = session.value;
  if (change > answeredRelease && Date.now() > laterUntil) return html`<${ChangePage} release=${change} />`;
  return children;
}

async function start() {
  await Promise.all([startLanguage(), startTheme(), startSession()]);
  watchUnsent();
  render(html`<${App} />`, document.getElementById("app"));
  await startEngine();
  void startUpdates();
}

/** What works behind the first page is fetched after it is shown; answers need to know what they mean. */
async function startEngine() {
  const [{ startSync, syncNow }, { tidy }, { onChange, startSocket }, { countUnread }] = await Promise.all([
    import("#kit/sync"), import("#kit/tidy"), import("#kit/socket"), import("#kit/unread"),
    import("#features/attendance/actions"), import("#features/visits/actions"),
    import("#features/forms/actions"),
    import("#features/leave/actions"),
    import("#features/calendar/actions"),
    import("#features/attendance/requests"), import("#features/attendance/swaps"),
    import("#features/daily_reports/actions"),
  ]);
  startSync();
  // With a message comes what it tells of: a request that came back, a changed plan.
  onChange("messages", async () => (await countUnread()) && void syncNow());
  startSocket();
  await tidy();
}

void start();
