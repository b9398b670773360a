import { createApp } from 'vue';
import App from './app.vue';
import PaySheet from './components/pay-sheet.vue';
// Narrow screens come last: they override.
import './styles/base.css';
import './styles/phone.css';
import './styles/chat.css';
import '../shared/chat/messages.css';
import './styles/chat-bar.css';
import './styles/panel.css';
import './styles/sheet.css';
import './styles/pay.css';
import './styles/narrow.css';
import '../shared/calm.css';

/** In the frame of the bridge script this page is the pay sheet and nothing else. */
const prepaid = new URLSearchParams(location.search).get('pay');
document.documentElement.classList.toggle('paying', prepaid !== null);
const app = prepaid === null ? createApp(App) : createApp(PaySheet, { prepaid });
app.mount('#app');
