/** All routes, by area. A route is its schema and a few lines; who may use it stands in `access.ts`. */
import { takeMinSeq } from '../http/at-least.ts';
import { guard } from '../http/guard.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { AppDeps } from '../deps.ts';
import type { Hub } from '../live/hub.ts';
import { onlyOnce } from '../plugins/once.ts';
import { delegationRoutes } from './authority/delegations.ts';
import { emergencyRoutes } from './authority/emergencies.ts';
import { jointActRoutes } from './authority/joint-acts.ts';
import { absenceRoutes } from './absences/absences.ts';
import { accountRoutes } from './accounts/accounts.ts';
import { accountEntryRoutes } from './accounts/entries.ts';
import { auditRoutes } from './audits/audits.ts';
import { bulkRoutes } from './bulk/jobs.ts';
import { calendarRoutes } from './calendars/calendars.ts';
import { yearRoutes } from './calendars/years.ts';
import { actRoutes } from './cases/acts.ts';
import { decisionsRoute } from './cases/decisions.ts';
import { documentRoute } from './cases/document.ts';
import { documentsRoute } from './cases/documents.ts';
import { eventsRoute } from './cases/events.ts';
import { listRoute } from './cases/list.ts';
import { goodsRoute } from './cases/goods.ts';
import { nextRoute } from './cases/next.ts';
import { oneRoute } from './cases/one.ts';
import { openRoute } from './cases/open.ts';
import { submitRoute } from './cases/submit.ts';
import { timelineRoute } from './cases/timeline.ts';
import { whyRoute } from './cases/why.ts';
import { bulkItemsExport } from './exports/bulk-items.ts';
import { erasureRoutes } from './erasures/erasures.ts';
import { eventsExport } from './exports/events.ts';
import { caseLabelRoutes } from './labels/cases.ts';
import { entryLabelRoutes } from './labels/entries.ts';
import { liveRoute } from './live/live.ts';
import { consentRoutes } from './customer/consent.ts';
import { photoRoute } from './customer/photos.ts';
import { intakeRoutes } from './customer/intake.ts';
import { linkRoutes } from './customer/links.ts';
import { sayRoutes } from './customer/say.ts';
import { customerWordsRoute } from './customer/words.ts';
import { trackRoute } from './customer/track.ts';
import { meRoute } from './me/me.ts';
import { noticeRoutes } from './notices/notices.ts';
import { draftRoutes } from './drafts/drafts.ts';
import { attachmentRoutes } from './files/attachments.ts';
import { entryAttachmentRoutes } from './files/entry-attachments.ts';
import { fetchFileRoutes } from './files/fetch.ts';
import { sendFilesRoute } from './files/send.ts';
import { compilationRoutes } from './contacts/compilation.ts';
import { openFromEntryRoutes } from './contacts/open.ts';
import { passRoutes } from './contacts/pass.ts';
import { healthRoutes } from './operations/health.ts';
import { metricsRoute } from './operations/metrics.ts';
import { packRoutes } from './packs/packs.ts';
import { casePrintRoutes } from './prints/case-prints.ts';
import { entryPrintRoutes } from './prints/entry-prints.ts';
import { identityRoutes } from './people/identities.ts';
import { peopleRoutes } from './people/people.ts';
import { passwordRoutes } from './sign-in/password.ts';
import { dutyRoute } from './registers/duty.ts';
import { defectsRoute } from './registers/defects.ts';
import { exportRegisterRoute } from './registers/export.ts';
import { importRegisterRoute } from './registers/import.ts';
import { readEntryRoutes } from './registers/read.ts';
import { registerRoutes } from './registers/registers.ts';
import { writeEntryRoutes } from './registers/write.ts';
import { deliveryRoutes } from './deliveries/deliveries.ts';
import { oidcRoutes } from './sign-in/oidc.ts';
import { sessionRoutes } from './sign-in/sessions.ts';
import { tokenRoutes } from './sign-in/tokens.ts';
import { proposalRoute } from './packs/proposals.ts';
import { packVersionRoutes } from './packs/versions.ts';
import { withdrawalRoute } from './packs/withdrawals.ts';
import { requestRoute } from './requests/status.ts';
import { viewRoutes } from './views/views.ts';
import { taskRoute } from './tasks/mine.ts';

export type RouteDeps = Required<Omit<AppDeps, 'metrics' | 'log'>> & { readonly hub: Hub };
export type Routes = FastifyPluginAsyncZod<RouteDeps>;

export const routes: Routes = async (app, deps) => {
  const all = [
    openRoute,
    caseLabelRoutes,
    entryLabelRoutes,
    erasureRoutes,
    listRoute,
    oneRoute,
    eventsRoute,
    timelineRoute,
    nextRoute,
    goodsRoute,
    documentRoute,
    documentsRoute,
    decisionsRoute,
    whyRoute,
    submitRoute,
    actRoutes,
    draftRoutes,
    passRoutes,
    openFromEntryRoutes,
    compilationRoutes,
    viewRoutes,
    casePrintRoutes,
    entryPrintRoutes,
    sendFilesRoute,
    fetchFileRoutes,
    attachmentRoutes,
    entryAttachmentRoutes,
    taskRoute,
    requestRoute,
    noticeRoutes,
    liveRoute,
    packRoutes,
    packVersionRoutes,
    proposalRoute,
    withdrawalRoute,
    absenceRoutes,
    delegationRoutes,
    emergencyRoutes,
    jointActRoutes,
    accountRoutes,
    accountEntryRoutes,
    calendarRoutes,
    yearRoutes,
    bulkRoutes,
    auditRoutes,
    meRoute,
    registerRoutes,
    readEntryRoutes,
    writeEntryRoutes,
    dutyRoute,
    defectsRoute,
    linkRoutes,
    trackRoute,
    intakeRoutes,
    sayRoutes,
    photoRoute,
    consentRoutes,
    customerWordsRoute,
    deliveryRoutes,
    exportRegisterRoute,
    importRegisterRoute,
    sessionRoutes,
    oidcRoutes,
    passwordRoutes,
    tokenRoutes,
    peopleRoutes,
    identityRoutes,
    eventsExport,
    bulkItemsExport,
    healthRoutes,
    metricsRoute,
  ];
  app.addHook('preHandler', (request) => guard(deps, request));
  onlyOnce(app, deps.db);
  takeMinSeq(app);
  for (const one of all) await app.register(one, deps);
};
