import { routes } from '../../http/route';
import type { World } from '../../world';
import { findOwnMerchant } from '../campaigns/merchants';
import { differenceTypes } from '../reconciliation/report-days';
import { exportReport } from './export-report';
import { listDifferences } from './list-differences';
import { listFees } from './list-fees';
import { listOrders, orderTotals } from './list-orders';
import { reportRefunds } from './list-refunds';
import { sumCampaigns } from './sum-campaigns';
import { sumMoney } from './sum-money';

export const reportRoutes = (world: World) =>
  routes({
    'GET /api/console/merchants/:merchantId/reports/summary': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return sumMoney(world, { campaignId: undefined, ...query, merchant });
    },

    'GET /api/console/merchants/:merchantId/reports/orders': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { after, limit, ...span } = query;
      const asked = { campaignId: undefined, ...span, merchant };
      const page = await listOrders(asked, { after, limit });
      return { ...page, totals: after === undefined ? await orderTotals(asked) : null };
    },

    'GET /api/console/merchants/:merchantId/reports/refunds': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { after, limit, ...span } = query;
      const { totals, count, lines } = await reportRefunds(world, {
        campaignId: undefined,
        ...span,
        merchant,
      });
      const from = Number(after ?? 0) || 0;
      const to = from + limit;
      return { lines: await lines(from, to), next: to < count ? String(to) : null, ...totals };
    },

    'GET /api/console/merchants/:merchantId/reports/differences': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { after, limit, ...span } = query;
      const page = await listDifferences({ merchant, ...span }, { after, limit });
      return { ...page, types: await differenceTypes(merchant._id, span) };
    },

    'GET /api/console/merchants/:merchantId/reports/fees': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return { days: await listFees({ merchant, ...query }) };
    },

    'GET /api/console/merchants/:merchantId/reports/campaigns': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      return { lines: await sumCampaigns({ merchant, campaignId: query.campaignId }) };
    },

    'GET /api/console/merchants/:merchantId/reports.xlsx': async ({ actor, params, query }) => {
      const merchant = await findOwnMerchant(actor, params.merchantId);
      const { report, ...span } = query;
      return exportReport(world, actor, report, { campaignId: undefined, ...span, merchant });
    },
  });
