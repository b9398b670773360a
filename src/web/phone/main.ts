import { createApp } from 'vue';
import App from './app.vue';
// Narrow screens come last: they override.
import './styles/base.css';
import './styles/phone.css';
import './styles/chat.css';
import '../shared/chat/messages.css';
import './styles/chat-bar.css';
import './styles/panel.css';
import './styles/sheet.css';
import './styles/narrow.css';

createApp(App).mount('#app');
