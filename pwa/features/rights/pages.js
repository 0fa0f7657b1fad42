/** Everything under Me → Settings → Privacy → My data: one module, fetched when first opened. */
import { html } from "#kit/html";
import { CasePage, CasesPage } from "#features/rights/cases";
import { AskPage, FeedbackPage } from "#features/rights/ask";
import { DecisionPage, DecisionsPage } from "#features/rights/decisions";
import { CopiesPage } from "#features/rights/copies";
import { DataPage, ToldPage } from "#features/rights/data";
import { ProfilePage } from "#features/rights/profile";
import { LegacyPage, PushedPage } from "#features/rights/wishes";

const PARTS = {
  "": CasesPage, data: DataPage, told: ToldPage, legacy: LegacyPage, pushed: PushedPage, feedback: FeedbackPage,
  new: AskPage, profile: ProfilePage, decisions: DecisionsPage, decision: DecisionPage, case: CasePage,
  copies: CopiesPage,
};

export const RightsPages = ({ part = "", ...params }) => html`<${PARTS[part] || CasesPage} ...${params} />`;
