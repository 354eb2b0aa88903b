// Draws the figures of a chart's table with ECharts, which is fetched only where a chart stands.

export async function drawCharts (root) {
  const figures = [...root.querySelectorAll('figure[data-chart]:not([data-drawn])')]
  if (!figures.length) return
  await import(figures[0].dataset.echarts)
  for (const figure of figures) draw(figure)
}

function draw (figure) {
  figure.dataset.drawn = ''
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent)
  const canvas = figure.querySelector('.chart-canvas')
  canvas.hidden = false
  figure.querySelector('.chart-table').open = false
  const chart = globalThis.echarts.init(canvas, null, { renderer: 'canvas' })
  const paint = () => chart.setOption(option(data), true)
  paint()
  new ResizeObserver(() => chart.resize()).observe(canvas)
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ['data-bs-theme'] })
}

function option (data) {
  const style = getComputedStyle(document.documentElement)
  const value = name => style.getPropertyValue(name).trim()
  const lies = data.kind === 'across'
  const labels = {
    type: 'category',
    data: data.labels,
    inverse: lies,
    axisLine: { lineStyle: { color: value('--line-strong') } },
    axisTick: { show: false },
    axisLabel: { color: value('--ink-2'), fontSize: 13, hideOverlap: true }
  }
  const figures = {
    type: 'value',
    name: data.unit,
    nameTextStyle: { color: value('--ink-2') },
    splitLine: { lineStyle: { color: value('--line') } },
    axisLabel: { color: value('--ink-2'), fontSize: 13, formatter: short }
  }
  return {
    animation: false,
    textStyle: { fontFamily: value('--sans') },
    color: [value('--link'), value('--focus'), value('--new'), value('--stopped')],
    // Written on the canvas: a tooltip of HTML would need inline styles, which our policy forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      axisPointer: { type: data.kind === 'line' ? 'line' : 'shadow' },
      backgroundColor: value('--surface'),
      borderColor: value('--line-strong'),
      textStyle: { color: value('--ink') },
      valueFormatter: figure => figure == null ? '—' : `${figure.toLocaleString()} ${data.unit}`
    },
    legend: { show: data.series.length > 1, textStyle: { color: value('--ink') }, top: 0 },
    grid: { left: 8, right: 24, top: data.series.length > 1 ? 44 : 30, bottom: 8, containLabel: true },
    xAxis: lies ? figures : labels,
    yAxis: lies ? labels : figures,
    series: data.series.map(one => ({
      name: one.name,
      type: data.kind === 'line' ? 'line' : 'bar',
      data: one.values,
      barMaxWidth: 34,
      itemStyle: { borderRadius: lies ? [0, 3, 3, 0] : [3, 3, 0, 0] }
    }))
  }
}

function short (figure) {
  if (document.documentElement.lang === 'en') return figure.toLocaleString('en', { notation: 'compact' })
  if (Math.abs(figure) >= 1e8) return `${+(figure / 1e8).toFixed(2)}亿`
  if (Math.abs(figure) >= 1e4) return `${+(figure / 1e4).toFixed(2)}万`
  return String(figure)
}
