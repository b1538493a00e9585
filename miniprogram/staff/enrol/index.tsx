import { definePage, Screen } from '../../components';
export default definePage(() => <Screen title="…">…</Screen>);
