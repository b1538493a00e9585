import { routes } from '../../http/route';
import type { World } from '../../world';
import { findCampaign } from '../campaigns/find-campaign';
import { claimEnrolment } from '../roster/claim-enrolment';
import { confirmEnrolment, requestCorrection } from '../roster/confirm-enrolment';
import { depositCollectionCode } from '../roster/deposit-collection-code';
import { studentOf } from '../roster/find-student';
import { presentEnrolment } from '../roster/presenter';
import { sayCannotCome } from '../roster/say-cannot-come';
import { tryClaim } from '../roster/try-claim';
import { recordConsents } from './consents';
import { identityOf } from './find-identity';
import { keepEvidencePhoto } from './keep-evidence-photo';
import type { Identity } from './model';
import { askForReview, goOnSite, goUnverified, knownPersonOf } from './other-ways';
import { presentIdentity } from './presenter';
import { readIdPhoto } from './read-id-photo';
import { type Claimed, verifyIdentity } from './verify-identity';

export const verificationRoutes = (world: World) => {
  const present = async (identity: Identity, campaignId: string) =>
    presentIdentity(identity, await findCampaign(campaignId), world.clock.now());
  return routes({
    'POST /api/me/consents': async ({ actor, body }) =>
      present(
        await recordConsents(world, actor, { ...body, campaign: await findCampaign(body.campaignId) }),
        body.campaignId,
      ),

    'POST /api/me/id-photos': async ({ actor, query, file }) =>
      readIdPhoto(world, actor, { side: query.side, file }),

    'POST /api/me/evidence-photos': async ({ actor, query, file }) => ({
      photoId: await keepEvidencePhoto(world, actor, file, query.purpose),
    }),

    'POST /api/me/verification': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      const { bankCard, phone } = body;
      const identity = await verifyIdentity(world, actor, {
        campaign,
        claimed: claimedIn(body),
        bankCard,
        phone,
      });
      await tryClaim(world, actor, campaign, knownPersonOf(world, identity));
      return present(identity, campaign._id);
    },

    'POST /api/me/verification/unverified': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      const identity = await goUnverified(world, actor, { campaign, claimed: claimedIn(body) });
      await tryClaim(world, actor, campaign, knownPersonOf(world, identity));
      return present(identity, campaign._id);
    },

    'POST /api/me/verification/manual': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      return present(
        await askForReview(world, actor, { campaign, claimed: claimedIn(body), photoIds: body.photoIds }),
        campaign._id,
      );
    },

    'POST /api/me/verification/on-site': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      return present(await goOnSite(world, actor, { campaign, reason: body.reason }), campaign._id);
    },

    'GET /api/me/identity': async ({ actor, query }) =>
      present(await identityOf(world, actor), query.campaignId),

    'POST /api/me/enrolment': async ({ actor, body }) => {
      const campaign = await findCampaign(body.campaignId);
      const person = knownPersonOf(world, await identityOf(world, actor));
      const { campaignId, studentNo } = body;
      return presentEnrolment(
        await claimEnrolment(world, actor, {
          campaignId,
          person,
          studentNo,
          contact: campaign.registryOffice,
        }),
      );
    },

    'GET /api/me/enrolment': async ({ actor, query }) =>
      presentEnrolment(await studentOf(actor, query.campaignId)),

    'POST /api/me/enrolment/:id/confirm': async ({ actor, params, body }) =>
      presentEnrolment(await confirmEnrolment(world, actor, { studentId: params.id, version: body.version })),

    'POST /api/me/enrolment/:id/corrections': async ({ actor, params, body }) =>
      presentEnrolment(await requestCorrection(world, actor, { studentId: params.id, ...body })),

    'PUT /api/me/enrolment/:id/collection-code': async ({ actor, params, body }) =>
      presentEnrolment(await depositCollectionCode(world, actor, { studentId: params.id, text: body.text })),

    'PUT /api/me/enrolment/:id/cannot-come': async ({ actor, params, body }) =>
      presentEnrolment(
        await sayCannotCome(world, actor, { studentId: params.id, cannotCome: body.cannotCome }),
      ),
  });
};

const claimedIn = ({ name, documentType, documentNumber }: Claimed): Claimed => ({
  name,
  documentType,
  documentNumber,
});
