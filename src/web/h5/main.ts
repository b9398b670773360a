import { createApp } from 'vue';
import { z } from 'zod';
import App from './app.vue';
import { createPageRouter } from './router.js';
import { tell } from './tell.js';
import 'vant/es/style/base.css';
import './styles/theme.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/booking.css';
import './styles/activities.css';
import '../shared/calm.css';

// The page's security policy forbids what zod would make its parsers from.
z.config({ jitless: true });

const app = createApp(App);
app.config.errorHandler = tell.failed;
app.use(createPageRouter()).mount('#app');
