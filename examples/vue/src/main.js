import { createApp } from 'vue'
import { createRouter, createWebHistory, RouterView } from 'vue-router'
import Home from './Home.vue'
import './jejak.js'
import Product from './Product.vue'
import Thanks from './Thanks.vue'

const routes = [
  { path: '/', component: Home },
  { path: '/products/:name', component: Product },
  { path: '/thanks', component: Thanks },
]
createApp(RouterView)
  .use(createRouter({ history: createWebHistory(), routes }))
  .mount('#shop')
