/** The app: what is shown at which address, and the order in which it starts. */
import { render } from "preact";
import { html } from "#kit/html";
import { startLanguage } from "#kit/i18n";
import { startTheme } from "#kit/theme";
import { match, path } from "#kit/router";
import { obstacle, session, startSession } from "#kit/session";
import { startSync } from "#kit/sync";
import { startUpdates } from "#kit/update";
import { tidy } from "#kit/tidy";
import { Dialogs } from "#parts/dialog";
import { watchUnsent } from "#parts/status";
import { Toasts } from "#parts/toast";
import { startActivation } from "#features/activation/flow";
import { ActivationPage } from "#features/activation/welcome";
import { LocationPage } from "#features/activation/location";
import { NoticePage } from "#features/activation/notice";
import { PunchPage } from "#features/attendance/punch";
import { DevicesPage } from "#features/me/devices";
import { MePage } from "#features/me/me";
import { NoticeAgainPage } from "#features/me/notice";
import { PermissionsPage } from "#features/me/permissions";
import { PrivacyPage } from "#features/me/privacy";
import { RecordsPage } from "#features/me/records";
import { StoragePage } from "#features/me/storage";
import { PendingPage } from "#features/pending/pending";
import { StoresPage } from "#features/stores/search";
import { StorePage } from "#features/stores/store";
import { TodayPage } from "#features/today/today";
import { CheckInPage } from "#features/visits/check-in";
import { CheckOutPage } from "#features/visits/check-out";
import { StepPage } from "#features/visits/step";
import { VisitPage } from "#features/visits/visit";

const ROUTES = [
  ["/", TodayPage],
  ["/stores", StoresPage],
  ["/stores/:id", StorePage],
  ["/check-in/:customer/:plan", CheckInPage],
  ["/visits/:id", VisitPage],
  ["/visits/:id/steps/:step", StepPage],
  ["/visits/:id/check-out", CheckOutPage],
  ["/punch", PunchPage],
  ["/pending", PendingPage],
  ["/me", MePage],
  ["/me/records", RecordsPage],
  ["/me/privacy", PrivacyPage],
  ["/me/notice", NoticeAgainPage],
  ["/me/permissions", PermissionsPage],
  ["/me/devices", DevicesPage],
  ["/me/storage", StoragePage],
];

function App() {
  const found = match(ROUTES, path.value) || { page: TodayPage, params: {} };
  return html`<${Gate}><${found.page} key=${path.value} ...${found.params} /><//><${Toasts} /><${Dialogs} />`;
}

/** First in, then agreed, then asked about the position; after that the app. */
function Gate({ children }) {
  if (!session.value || (path.value === "/sign-in" && obstacle.value === "signed_out")) return html`<${ActivationPage} />`;
  if (obstacle.value === "consent_required") return html`<${NoticePage} />`;
  return session.value.locationAsked ? children : html`<${LocationPage} />`;
}

async function start() {
  await Promise.all([startLanguage(), startTheme(), startSession(), startActivation()]);
  watchUnsent();
  render(html`<${App} />`, document.getElementById("app"));
  startSync();
  void startUpdates();
  void tidy();
}

void start();
